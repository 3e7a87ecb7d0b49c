module github.com/pynet-go/pynet/urllib/parse/internal/gennfkc

go 1.26.0

require golang.org/x/text v0.44.0
