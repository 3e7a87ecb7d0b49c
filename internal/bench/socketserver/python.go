package socketserver

import "fmt"

// pyServers are servers of CPython, each defining serve(listener).
var pyServers = map[string]string{
	"selectors": `
def serve(l):
    s = selectors.DefaultSelector()
    l.setblocking(False)
    s.register(l, selectors.EVENT_READ)
    while True:
        for key, _ in s.select():
            if key.fileobj is l:
                try: c, _ = l.accept()
                except BlockingIOError: continue
                c.setblocking(False)
                s.register(c, selectors.EVENT_READ)
                continue
            c = key.fileobj
            try: d = c.recv(65536)
            except OSError: d = b""
            if d: c.sendall(d)
            else:
                s.unregister(c); c.close()
`,
	"asyncio": `
class P(asyncio.Protocol):
    def connection_made(self, t): self.t = t
    def data_received(self, d): self.t.write(d)
def serve(l):
    async def main():
        await (await asyncio.get_running_loop().create_server(P, sock=l)).serve_forever()
    asyncio.run(main())
`,
	"threading": `
class H(socketserver.BaseRequestHandler):
    def handle(self):
        try:
            while d := self.request.recv(65536): self.request.sendall(d)
        except OSError: pass
class S(socketserver.ThreadingTCPServer):
    daemon_threads = True
def serve(l):
    s = S(l.getsockname(), H, bind_and_activate=False)
    s.socket.close(); s.socket = l
    s.serve_forever()
`,
	"forking": `
class H(socketserver.StreamRequestHandler):
    def handle(self): self.wfile.write(self.rfile.readline())
def serve(l):
    s = socketserver.ForkingTCPServer(l.getsockname(), H, bind_and_activate=False)
    s.socket.close(); s.socket = l
    s.serve_forever()
`,
}

const pyCommon = `
import asyncio, os, resource, select, selectors, signal, socket, socketserver, sys, time
resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],)*2)
l = socket.create_server(("127.0.0.1", 0), backlog=4096)
addr = l.getsockname()
def rss(pid):
    for line in open(f"/proc/{pid}/status"):
        if line.startswith("VmRSS:"): return int(line.split()[1]) * 1024
def connect():
    c = socket.create_connection(addr)
    c.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return c
def echoed(c, n):
    c.sendall(b"x" * n)
    while n: n -= len(c.recv(65536))
`

// pyMain runs the server in a child and the clients here, and prints the figure.
const pyMain = `
pid = os.fork()
if not pid:
    serve(l)
try:
%s
finally:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
`

// pyEcho is load in Python: the time for one echo, in ns.
func pyEcho(server string, conns, size int) string {
	return pyCommon + pyServers[server] + fmt.Sprintf(pyMain, fmt.Sprintf(`
    conns, size, n = %d, %d, 20000
    ep, cs = select.epoll(), {}
    for _ in range(conns):
        c = connect(); echoed(c, size)
        cs[c.fileno()] = [c, 0]; ep.register(c, select.EPOLLIN)
    msg, sent, done = b"x" * size, 0, 0
    t = time.perf_counter()
    for e in cs.values(): e[0].sendall(msg); e[1] = size; sent += 1
    while done < sent:
        for fd, _ in ep.poll():
            e = cs[fd]
            e[1] -= len(e[0].recv(65536))
            if e[1] == 0:
                done += 1
                if sent < n: e[0].sendall(msg); e[1] = size; sent += 1
    print((time.perf_counter() - t) / done * 1e9)
`, conns, size))
}

// pyIdle is idle in Python: the memory of one resting connection, in bytes.
func pyIdle(server string) string {
	return pyCommon + pyServers[server] + fmt.Sprintf(pyMain, fmt.Sprintf(`
    keep = []
    for _ in range(100): keep.append(connect()); echoed(keep[-1], 64)
    before = rss(pid)
    for _ in range(%d): keep.append(connect()); echoed(keep[-1], 64)
    print((rss(pid) - before) / %d)
`, idleConns, idleConns))
}

// pyRequests are requests that each have a connection of their own, a second.
func pyRequests(server string) string {
	return pyCommon + pyServers[server] + fmt.Sprintf(pyMain, `
    n = 500
    t = time.perf_counter()
    for _ in range(n):
        with connect() as c:
            c.sendall(b"hello\n")
            if c.recv(100) != b"hello\n": raise Exception
    print(n / (time.perf_counter() - t))
`)
}
