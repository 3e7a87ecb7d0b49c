module github.com/pynet-go/pynet/internal/bench

go 1.26.0

require (
	github.com/cloudwego/netpoll v0.7.2
	github.com/gaissmai/bart v0.30.0
	github.com/gofrs/uuid/v5 v5.5.1
	github.com/google/uuid v1.6.0
	github.com/mdlayher/socket v0.8.0
	github.com/panjf2000/gnet/v2 v2.9.7
	github.com/pynet-go/pynet v0.0.0
	github.com/temoto/robotstxt v1.1.2
	github.com/valyala/fasthttp v1.78.0
	github.com/ziutek/telnet v0.0.0-20180329124119-c3b780dc415b
	go4.org/netipx v0.0.0-20260823151212-3075585bcbeb
	golang.org/x/net v0.62.0
	golang.org/x/sys v0.50.0
)

require (
	github.com/bytedance/gopkg v0.1.1 // indirect
	github.com/cloudwego/gopkg v0.1.4 // indirect
	github.com/klauspost/compress v1.20.3 // indirect
	github.com/molecule-man/go-brrr v1.3.1 // indirect
	github.com/panjf2000/ants/v2 v2.11.3 // indirect
	github.com/valyala/bytebufferpool v1.0.0 // indirect
	go.uber.org/multierr v1.11.0 // indirect
	go.uber.org/zap v1.27.0 // indirect
	golang.org/x/crypto v0.58.0 // indirect
	golang.org/x/sync v0.24.0 // indirect
	golang.org/x/text v0.43.0 // indirect
	gopkg.in/natefinch/lumberjack.v2 v2.2.1 // indirect
)

replace github.com/pynet-go/pynet => ../..
