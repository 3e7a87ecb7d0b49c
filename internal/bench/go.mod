module github.com/pynet-go/pynet/internal/bench

go 1.26

require github.com/pynet-go/pynet v0.0.0

require (
	github.com/gaissmai/bart v0.30.0 // indirect
	github.com/gofrs/uuid/v5 v5.5.1 // indirect
	github.com/google/uuid v1.6.0 // indirect
	go4.org/netipx v0.0.0-20260823151212-3075585bcbeb // indirect
)

replace github.com/pynet-go/pynet => ../..
