package socketserver

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/pynet-go/pynet/socketserver"
)

// idleConns is how many connections rest.
const idleConns = 10_000

// serverEnv makes the program one of the servers below: so its memory and its processor time
// can be told from those of the clients, and each process has enough descriptors.
const serverEnv = "PYNET_BENCH_SERVER"

var servers = map[string]func() (port int, stop func()){
	"eventloop": serveOurs(socketserver.EventLoop{}),
	"threading": serveOurs(socketserver.Threading{}),
	"net":       serveNet,
	"netpoll":   serveNetpoll,
	"gnet":      serveGnet,
	"bare":      serveBare,
	"forking":   serveForking,
}

func init() {
	if name := os.Getenv(serverEnv); name != "" {
		serveAlone(name)
		os.Exit(0)
	}
}

// serveAlone tells the port, and for each line that it reads its memory or its processor time.
func serveAlone(name string) {
	port, _ := servers[name]()
	fmt.Println(port)
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		if in.Text() == "cpu" {
			fmt.Println(used().Nanoseconds())
			continue
		}
		debug.FreeOSMemory()
		fmt.Println(rss())
	}
}

// rss is the memory of the process, in bytes.
func rss() int {
	for line := range strings.Lines(string(must(os.ReadFile("/proc/self/status")))) {
		if f := strings.Fields(line); f[0] == "VmRSS:" {
			return must(strconv.Atoi(f[1])) << 10
		}
	}
	panic("no VmRSS")
}

// A process is a server of its own.
type process struct {
	cmd  *exec.Cmd
	in   io.WriteCloser
	out  *bufio.Reader
	port int
}

func startServer(name string) *process {
	p := &process{cmd: exec.Command(must(os.Executable()))}
	p.cmd.Env = append(os.Environ(), serverEnv+"="+name)
	p.cmd.Stderr = os.Stderr
	p.in = must(p.cmd.StdinPipe())
	p.out = bufio.NewReader(must(p.cmd.StdoutPipe()))
	check(p.cmd.Start())
	p.port = p.number()
	return p
}

func (p *process) number() int {
	return must(strconv.Atoi(strings.TrimSpace(must(p.out.ReadString('\n')))))
}

func (p *process) memory() int {
	must(io.WriteString(p.in, "memory\n"))
	return p.number()
}

// used is the server's processor time.
func (p *process) used() time.Duration {
	must(io.WriteString(p.in, "cpu\n"))
	return time.Duration(p.number())
}

func (p *process) stop() {
	p.in.Close()
	p.cmd.Wait()
}

// idle reports the server's memory for each of many connections that have been served once
// and rest.
func idle(name string) func(*testing.B) {
	return func(b *testing.B) {
		for b.Loop() {
			p := startServer(name)
			warm := connected(p.port, 100)
			before := p.memory()
			fds := connected(p.port, idleConns)
			time.Sleep(100 * time.Millisecond) // until the last have come to rest
			after := p.memory()
			b.ReportMetric(float64(after-before)/idleConns, "B/conn")
			for _, fd := range append(fds, warm...) {
				closeAtOnce(fd)
			}
			p.stop()
		}
	}
}

// connected opens connections and has each echo a message.
func connected(port, n int) []int {
	buf := make([]byte, 64)
	fds := make([]int, n)
	for i := range fds {
		fds[i] = dial(port)
		must(unix.Write(fds[i], buf))
		for got := 0; got < len(buf); {
			k := must(unix.Read(fds[i], buf[got:]))
			if k == 0 {
				panic("the server has closed")
			}
			got += k
		}
	}
	return fds
}
