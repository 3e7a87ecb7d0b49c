package socketserver

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"runtime/pprof"
	"strconv"
	"strings"
	"testing"
)

func init() {
	if f := os.Getenv("PROF"); f != "" && os.Getenv(serverEnv) != "" {
		pprof.StartCPUProfile(must(os.Create(f)))
	}
}

func TestTmp(t *testing.T) {
	name := os.Getenv("SRV")
	conns, _ := strconv.Atoi(os.Getenv("CONNS"))
	size, _ := strconv.Atoi(os.Getenv("SIZE"))
	args := append(strings.Fields(os.Getenv("WRAP")), must(os.Executable()))
	p := &process{cmd: exec.Command(args[0], args[1:]...)}
	p.cmd.Env = append(os.Environ(), serverEnv+"="+name)
	p.cmd.Stderr = os.Stderr
	p.in = must(p.cmd.StdinPipe())
	p.out = bufio.NewReader(must(p.cmd.StdoutPipe()))
	check(p.cmd.Start())
	p.port = p.number()
	r := testing.Benchmark(func(b *testing.B) { load(b, p, conns, size) })
	fmt.Println(name, conns, size, r)
	p.stop()
}
