//go:build !unix

package server

import (
	"io/fs"
	"os/exec"
)

// killGroup leaves it at the script itself, which the context kills.
func killGroup(*exec.Cmd) {}

func executable(fs.FileInfo) bool { return true }
