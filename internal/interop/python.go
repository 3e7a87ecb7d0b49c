package interop

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// driver is the Python end: it reads a line of JSON {"def","in"}, runs def (which
// defines a function f), and answers a line with [f(x) for x in in], each as
// {"ok":value} or {"err":[class names]}.
const driver = `
import json, sys
for line in sys.stdin:
    req = json.loads(line)
    ns = {}
    try:
        exec(req["def"], ns)
    except BaseException as e:
        print(json.dumps({"failed": repr(e)}), flush=True)
        continue
    out = []
    for x in req["in"]:
        try:
            out.append({"ok": ns["f"](x)})
        except Exception as e:
            out.append({"err": [c.__name__ for c in type(e).__mro__[:-2]], "msg": str(e)})
    print(json.dumps({"out": out}), flush=True)
`

// answerLimit bounds the time for one list of inputs.
const answerLimit = time.Minute

// A Python is a running interpreter. Its methods may be called concurrently; the
// calls are made one after the other.
type Python struct {
	mu    sync.Mutex
	cmd   *exec.Cmd
	stdin io.WriteCloser
	out   *bufio.Reader
	errs  *strings.Builder
}

// An Answer is what Python answered for one input: a value as JSON, or the names
// of the exception's class and its bases.
type Answer struct {
	OK  json.RawMessage `json:"ok"`
	Err []string        `json:"err"`
	Msg string          `json:"msg"`
}

// StartPython starts the interpreter of that name or path.
func StartPython(name string) (*Python, error) {
	p := &Python{cmd: exec.Command(name, "-u", "-c", driver), errs: &strings.Builder{}}
	p.cmd.Stderr = p.errs
	p.cmd.WaitDelay = time.Second
	var err error
	if p.stdin, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	stdout, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.out = bufio.NewReader(stdout)
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("interop: no Python to talk to: %w", err)
	}
	return p, nil
}

// Close ends the interpreter, in a minute at most.
func (p *Python) Close() error {
	p.stdin.Close()
	stuck := time.AfterFunc(answerLimit, func() { p.cmd.Process.Kill() })
	defer stuck.Stop()
	return p.cmd.Wait()
}

// Map has Python run def, which must define f of one argument, and call f with
// each of the inputs.
func (p *Python) Map(def string, inputs []any) ([]Answer, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	req, err := json.Marshal(map[string]any{"def": def, "in": inputs})
	if err != nil {
		return nil, err
	}
	stuck := time.AfterFunc(answerLimit, func() { p.cmd.Process.Kill() })
	defer stuck.Stop()
	if _, err := p.stdin.Write(append(req, '\n')); err != nil {
		return nil, fmt.Errorf("interop: Python: %w: %s", err, p.errs)
	}
	line, err := p.out.ReadBytes('\n')
	if err != nil {
		return nil, fmt.Errorf("interop: Python: %w: %s", err, p.errs)
	}
	var resp struct {
		Failed string   `json:"failed"`
		Out    []Answer `json:"out"`
	}
	if err := json.Unmarshal(line, &resp); err != nil {
		return nil, fmt.Errorf("interop: Python's answer: %w", err)
	}
	if resp.Failed != "" {
		return nil, fmt.Errorf("interop: Python refuses the program: %s", resp.Failed)
	}
	if len(resp.Out) != len(inputs) {
		return nil, fmt.Errorf("interop: %d answers to %d inputs", len(resp.Out), len(inputs))
	}
	return resp.Out, nil
}

// A Mismatch is an input that Python and Go answer differently.
type Mismatch struct {
	Input      any
	Python, Go string
}

// Compare sends the inputs to Python's f and to the Go function and lists where
// they disagree: values are compared as JSON, an error agrees with any error.
func (p *Python) Compare(def string, inputs []any, f func(x any) (any, error)) ([]Mismatch, error) {
	answers, err := p.Map(def, inputs)
	if err != nil {
		return nil, err
	}
	var out []Mismatch
	for i, a := range answers {
		want := "error: " + strings.Join(a.Err, " ")
		if a.Err == nil {
			if want, err = normal(a.OK); err != nil {
				return nil, err
			}
		}
		v, err := f(inputs[i])
		got := fmt.Sprintf("error: %v", err)
		if err == nil {
			raw, err := json.Marshal(v)
			if err != nil {
				return nil, err
			}
			if got, err = normal(raw); err != nil {
				return nil, err
			}
		}
		if got != want && (a.Err == nil || err == nil) {
			out = append(out, Mismatch{Input: inputs[i], Python: want + " " + a.Msg, Go: got})
		}
	}
	return out, nil
}

// normal spells a JSON text in one way: keys sorted, one form for each character.
func normal(raw json.RawMessage) (string, error) {
	dec := json.NewDecoder(strings.NewReader(string(raw)))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return "", err
	}
	b, err := json.Marshal(v)
	return string(b), err
}
