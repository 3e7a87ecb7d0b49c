//go:build !race

package socketserver

func hasRead(int)   {}
func willWrite(int) {}
