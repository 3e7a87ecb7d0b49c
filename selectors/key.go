package selectors

// A Key is what is registered for one descriptor: `SelectorKey`.
type Key struct {
	// FD is the descriptor: `fd`. On Windows it is the handle of a socket.
	FD int
	// Obj is what was registered: an int, a connection, a file: `fileobj`.
	Obj any
	// Events are waited for: `events`.
	Events Event
	// Data is the caller's, whatever it is: `data`.
	Data any
}

// A Ready is a key with those of its events that are there.
type Ready struct {
	Key
	// Is is the part of Events that the descriptor is ready for: Read, Write, Priority,
	// ReadHangup. An error or hang-up makes it ready for whatever it waits for.
	Is Event
}

// An entry is the row of a descriptor in the table.
type entry struct {
	key   Key
	file  filer // asks whether Obj is still open under FD; nil for a number
	id    fileID
	gen   uint32 // tells the registrations of one number apart
	stamp uint32 // the Select that saw it last
	pos   int32  // where it stands in that Select's answer
	live  bool
	spent bool // a OneShot that has been told
}

// pageSize is how many rows the table grows by. Rows do not move.
const pageSize = 64

// A table finds rows by descriptor, a small number.
type table struct {
	pages []*[pageSize]entry
	n     int // live rows
}

// at returns the row of fd, nil if nothing is registered there.
func (t *table) at(fd int) *entry {
	if p := fd / pageSize; fd >= 0 && p < len(t.pages) && t.pages[p] != nil {
		if e := &t.pages[p][fd%pageSize]; e.live {
			return e
		}
	}
	return nil
}

// row returns the row of fd, made if need be.
func (t *table) row(fd int) *entry {
	p := fd / pageSize
	for len(t.pages) <= p {
		t.pages = append(t.pages, nil)
	}
	if t.pages[p] == nil {
		t.pages[p] = new([pageSize]entry)
	}
	return &t.pages[p][fd%pageSize]
}

// next returns the first live row from fd on, nil if there is none.
func (t *table) next(fd int) *entry {
	for ; fd < len(t.pages)*pageSize; fd++ {
		if t.pages[fd/pageSize] == nil {
			fd += pageSize - 1 - fd%pageSize
		} else if e := t.at(fd); e != nil {
			return e
		}
	}
	return nil
}

// remove empties a row.
func (t *table) remove(e *entry) {
	*e = entry{gen: e.gen}
	t.n--
}
