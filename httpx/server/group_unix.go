//go:build unix

package server

import (
	"io/fs"
	"os/exec"
	"syscall"
)

// killGroup has the end of a command's context kill the script and its children.
func killGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}

func executable(info fs.FileInfo) bool { return info.Mode()&0o111 != 0 }
