package cookiejar

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// A FileJar is a Jar with a file: `http.cookiejar.FileCookieJar`, and by its Format
// `LWPCookieJar` or `MozillaCookieJar`. Set the fields before it is used.
//
//	jar := &cookiejar.FileJar{Filename: "cookies.txt", Format: cookiejar.Mozilla}
//	err := jar.LoadFile("", nil)
type FileJar struct {
	Jar
	// Filename is the file that the methods take where they are given none.
	Filename string
	// Format is that of the file. Nil means LWP.
	Format Format
	// Autosave saves after each change; see [FileJar.StartAutosave].
	auto struct {
		mu   sync.Mutex
		wake chan struct{}
		done chan struct{}
		stop chan struct{}
		cfg  *FileConfig
		err  error
	}
}

func (j *FileJar) format() Format {
	if j.Format == nil {
		return LWP
	}
	return j.Format
}

func (j *FileJar) file(op, name string) (string, error) {
	if name == "" {
		name = j.Filename
	}
	if name == "" {
		return "", &Error{Op: op, Kind: ErrNoFile}
	}
	return name, nil
}

// SaveFile writes the cookies to a file, "" for the jar's own: `save`. The new file, which
// nobody but its owner can read, takes the old one's place at once; a symbolic link is
// replaced, not followed. Another process that saves at the same time waits. A cookie that
// the format cannot hold is left out, and the error is then an *Error with ErrFormat.
func (j *FileJar) SaveFile(name string, cfg *FileConfig) error {
	name, err := j.file("save", name)
	if err != nil {
		return err
	}
	unlock, err := lock(name)
	if err != nil {
		return err
	}
	defer unlock()
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*") // 0600
	if err != nil {
		return err
	}
	saved := j.Save(f, j.format(), cfg)
	if saved == nil || errors.Is(saved, ErrFormat) { // what could be saved is saved
		err = f.Sync()
	} else {
		err = saved
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name())
		return err
	}
	return saved
}

// LoadFile adds the cookies of a file, "" for the jar's own: `load`. The errors are those of
// [Format] and of opening the file.
func (j *FileJar) LoadFile(name string, cfg *FileConfig) error {
	name, err := j.file("load", name)
	if err != nil {
		return err
	}
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return j.Load(f, j.format(), cfg)
}

// Revert replaces all cookies by those of a file, "" for the jar's own: `revert`. On an error
// the jar is as it was.
func (j *FileJar) Revert(name string, cfg *FileConfig) error {
	var fresh FileJar
	fresh.Filename, fresh.Format = j.Filename, j.Format
	j.mu.Lock()
	fresh.limits, fresh.now = j.limits, j.now
	j.mu.Unlock()
	if err := fresh.LoadFile(name, cfg); err != nil {
		return err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.domains, j.order, j.serial, j.born = fresh.domains, fresh.order, fresh.serial, fresh.born
	j.count, j.gone, j.bare, j.recent, j.ends = fresh.count, fresh.gone, fresh.bare, fresh.recent, fresh.ends
	if j.changed != nil {
		j.changed()
	}
	return nil
}

// OpenFile loads the jar's own file if there is one, and starts to save every change to it.
// Call Close at the end.
func (j *FileJar) OpenFile(cfg *FileConfig) error {
	if err := j.LoadFile("", cfg); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return j.StartAutosave(cfg)
}

// StartAutosave saves the jar to its own file after each change from then on, in a goroutine
// of its own; changes that come while it saves are saved together. Close ends it.
func (j *FileJar) StartAutosave(cfg *FileConfig) error {
	if _, err := j.file("save", ""); err != nil {
		return err
	}
	a := &j.auto
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.wake != nil {
		return nil
	}
	a.wake, a.done, a.stop, a.cfg = make(chan struct{}, 1), make(chan struct{}), make(chan struct{}), cfg
	wake, done, stop := a.wake, a.done, a.stop
	j.mu.Lock()
	j.changed = func() {
		select {
		case wake <- struct{}{}:
		default: // it will save anyway
		}
	}
	j.mu.Unlock()
	go func() {
		defer close(done)
		for {
			select {
			case <-wake:
				j.autosave(cfg)
			case <-stop:
				select {
				case <-wake:
					j.autosave(cfg)
				default:
				}
				return
			}
		}
	}()
	return nil
}

func (j *FileJar) autosave(cfg *FileConfig) {
	err := j.SaveFile("", cfg)
	j.auto.mu.Lock()
	j.auto.err = err
	j.auto.mu.Unlock()
}

// Close ends the saving that StartAutosave began, after the last change has been saved, and
// returns the error of the last saving. The jar can be used further.
func (j *FileJar) Close() error {
	a := &j.auto
	a.mu.Lock()
	stop, done := a.stop, a.done
	a.wake, a.stop = nil, nil
	a.mu.Unlock()
	if stop == nil {
		return nil
	}
	j.mu.Lock()
	j.changed = nil
	j.mu.Unlock()
	close(stop)
	<-done
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.err
}
