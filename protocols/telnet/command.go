package telnet

import "strconv"

// The ports of Telnet, and of Telnet over TLS. Python's `TELNET_PORT`.
const (
	Port    = 23
	TLSPort = 992
)

// Null is the byte 0, which is no operation in a stream of text. Python's `theNULL`.
const Null byte = 0

// A Command is what comes after IAC, or IAC itself (RFC 854).
type Command byte

// The commands.
const (
	// CmdSE ends a subnegotiation. Python's `SE`.
	CmdSE Command = 240
	// CmdNOP is no operation. Python's `NOP`.
	CmdNOP Command = 241
	// CmdDM is the data mark of a Synch. Python's `DM`.
	CmdDM Command = 242
	// CmdBreak is the break key. Python's `BRK`.
	CmdBreak Command = 243
	// CmdIP interrupts the process. Python's `IP`.
	CmdIP Command = 244
	// CmdAO aborts the output. Python's `AO`.
	CmdAO Command = 245
	// CmdAYT asks whether the other side is there. Python's `AYT`.
	CmdAYT Command = 246
	// CmdEC erases the last character. Python's `EC`.
	CmdEC Command = 247
	// CmdEL erases the line. Python's `EL`.
	CmdEL Command = 248
	// CmdGA tells the other side to go ahead. Python's `GA`.
	CmdGA Command = 249
	// CmdSB begins a subnegotiation. Python's `SB`.
	CmdSB Command = 250
	// CmdWill offers to use an option, or agrees to. Python's `WILL`.
	CmdWill Command = 251
	// CmdWont refuses to use an option, or ends its use. Python's `WONT`.
	CmdWont Command = 252
	// CmdDo asks the other side to use an option, or agrees. Python's `DO`.
	CmdDo Command = 253
	// CmdDont asks the other side not to use an option. Python's `DONT`.
	CmdDont Command = 254
	// CmdIAC introduces a command: interpret as command. Python's `IAC`.
	CmdIAC Command = 255
)

// String returns the name in the RFC's form, "DO", or "COMMAND(7)" for a byte that is none.
func (c Command) String() string {
	if c >= CmdSE {
		return commandNames[c-CmdSE]
	}
	return "COMMAND(" + strconv.Itoa(int(c)) + ")"
}

var commandNames = [...]string{"SE", "NOP", "DM", "BRK", "IP", "AO", "AYT", "EC", "EL", "GA", "SB", "WILL", "WONT", "DO", "DONT", "IAC"}

// An Option is the number of an option, as IANA lists them.
type Option byte

// The options. Python's names are those in the text of [Option.String], in capitals there.
const (
	// OptBinary is data of 8 bits (RFC 856). Python's `BINARY`.
	OptBinary Option = 0
	// OptEcho is echo: the side that uses it echoes what it receives (RFC 857). Python's `ECHO`.
	OptEcho Option = 1
	// OptRCP is reconnection. Python's `RCP`.
	OptRCP Option = 2
	// OptSGA is no go-ahead is sent (RFC 858). Python's `SGA`.
	OptSGA Option = 3
	// OptNAMS is the approximate message size. Python's `NAMS`.
	OptNAMS Option = 4
	// OptStatus is the state of the options (RFC 859). Python's `STATUS`.
	OptStatus Option = 5
	// OptTM is a timing mark (RFC 860). Python's `TM`.
	OptTM Option = 6
	// OptRCTE is remote controlled transmission and echo (RFC 726). Python's `RCTE`.
	OptRCTE Option = 7
	// OptNAOL is the width of output lines. Python's `NAOL`.
	OptNAOL Option = 8
	// OptNAOP is the size of output pages. Python's `NAOP`.
	OptNAOP Option = 9
	// OptNAOCRD is what becomes of carriage returns (RFC 652). Python's `NAOCRD`.
	OptNAOCRD Option = 10
	// OptNAOHTS is horizontal tab stops (RFC 653). Python's `NAOHTS`.
	OptNAOHTS Option = 11
	// OptNAOHTD is what becomes of horizontal tabs (RFC 654). Python's `NAOHTD`.
	OptNAOHTD Option = 12
	// OptNAOFFD is what becomes of form feeds (RFC 655). Python's `NAOFFD`.
	OptNAOFFD Option = 13
	// OptNAOVTS is vertical tab stops (RFC 656). Python's `NAOVTS`.
	OptNAOVTS Option = 14
	// OptNAOVTD is what becomes of vertical tabs (RFC 657). Python's `NAOVTD`.
	OptNAOVTD Option = 15
	// OptNAOLFD is what becomes of line feeds (RFC 658). Python's `NAOLFD`.
	OptNAOLFD Option = 16
	// OptXASCII is extended ASCII (RFC 698). Python's `XASCII`.
	OptXASCII Option = 17
	// OptLogout is forced logout (RFC 727). Python's `LOGOUT`.
	OptLogout Option = 18
	// OptBM is the byte macro (RFC 735). Python's `BM`.
	OptBM Option = 19
	// OptDET is the data entry terminal (RFC 1043). Python's `DET`.
	OptDET Option = 20
	// OptSupdup is the SUPDUP protocol (RFC 736). Python's `SUPDUP`.
	OptSupdup Option = 21
	// OptSupdupOutput is SUPDUP output (RFC 749). Python's `SUPDUPOUTPUT`.
	OptSupdupOutput Option = 22
	// OptSndLoc is the location of the terminal (RFC 779). Python's `SNDLOC`.
	OptSndLoc Option = 23
	// OptTType is the type of the terminal (RFC 1091). Python's `TTYPE`.
	OptTType Option = 24
	// OptEOR is the end of a record (RFC 885). Python's `EOR`.
	OptEOR Option = 25
	// OptTUID is TACACS user identification (RFC 927). Python's `TUID`.
	OptTUID Option = 26
	// OptOutMrk is output marking (RFC 933). Python's `OUTMRK`.
	OptOutMrk Option = 27
	// OptTTYLoc is the number of the terminal's location (RFC 946). Python's `TTYLOC`.
	OptTTYLoc Option = 28
	// OptVT3270Regime is the 3270 regime (RFC 1041). Python's `VT3270REGIME`.
	OptVT3270Regime Option = 29
	// OptX3PAD is the X.3 PAD (RFC 1053). Python's `X3PAD`.
	OptX3PAD Option = 30
	// OptNAWS is the size of the window (RFC 1073). Python's `NAWS`.
	OptNAWS Option = 31
	// OptTSpeed is the speed of the terminal (RFC 1079). Python's `TSPEED`.
	OptTSpeed Option = 32
	// OptLFlow is remote flow control (RFC 1372). Python's `LFLOW`.
	OptLFlow Option = 33
	// OptLinemode is editing of lines at the client (RFC 1184). Python's `LINEMODE`.
	OptLinemode Option = 34
	// OptXDispLoc is the location of the X display (RFC 1096). Python's `XDISPLOC`.
	OptXDispLoc Option = 35
	// OptOldEnviron is environment variables, the old form (RFC 1408). Python's `OLD_ENVIRON`.
	OptOldEnviron Option = 36
	// OptAuthentication is authentication (RFC 2941). Python's `AUTHENTICATION`.
	OptAuthentication Option = 37
	// OptEncrypt is encryption (RFC 2946). Python's `ENCRYPT`.
	OptEncrypt Option = 38
	// OptNewEnviron is environment variables (RFC 1572). Python's `NEW_ENVIRON`.
	OptNewEnviron Option = 39
	// OptTN3270E is TN3270 enhancements (RFC 2355). Python's `TN3270E`.
	OptTN3270E Option = 40
	// OptXAuth is XAUTH. Python's `XAUTH`.
	OptXAuth Option = 41
	// OptCharset is the character set (RFC 2066). Python's `CHARSET`.
	OptCharset Option = 42
	// OptRSP is the remote serial port. Python's `RSP`.
	OptRSP Option = 43
	// OptComPort is control of a serial port (RFC 2217). Python's `COM_PORT_OPTION`.
	OptComPort Option = 44
	// OptSuppressLocalEcho is no local echo. Python's `SUPPRESS_LOCAL_ECHO`.
	OptSuppressLocalEcho Option = 45
	// OptTLS is TLS within the connection. Python's `TLS`.
	OptTLS Option = 46
	// OptKermit is Kermit (RFC 2840). Python's `KERMIT`.
	OptKermit Option = 47
	// OptSendURL is a URL. Python's `SEND_URL`.
	OptSendURL Option = 48
	// OptForwardX is forwarding of X. Python's `FORWARD_X`.
	OptForwardX Option = 49
	// OptPragmaLogon is the pragma logon. Python's `PRAGMA_LOGON`.
	OptPragmaLogon Option = 138
	// OptSSPILogon is the SSPI logon. Python's `SSPI_LOGON`.
	OptSSPILogon Option = 139
	// OptPragmaHeartbeat is the pragma heartbeat. Python's `PRAGMA_HEARTBEAT`.
	OptPragmaHeartbeat Option = 140
	// OptExOpl is the extended list of options (RFC 861). Python's `EXOPL`.
	OptExOpl Option = 255
	// OptNone is what a callback gets with a command that has no option; it is the number of OptBinary too. Python's `NOOPT`.
	OptNone Option = 0
)

// String returns the option's name as Python has it, "NAWS", or "OPTION(99)" for one
// without a name.
func (o Option) String() string {
	if name, ok := optionNames[o]; ok {
		return name
	}
	return "OPTION(" + strconv.Itoa(int(o)) + ")"
}

var optionNames = map[Option]string{
	OptBinary:            "BINARY",
	OptEcho:              "ECHO",
	OptRCP:               "RCP",
	OptSGA:               "SGA",
	OptNAMS:              "NAMS",
	OptStatus:            "STATUS",
	OptTM:                "TM",
	OptRCTE:              "RCTE",
	OptNAOL:              "NAOL",
	OptNAOP:              "NAOP",
	OptNAOCRD:            "NAOCRD",
	OptNAOHTS:            "NAOHTS",
	OptNAOHTD:            "NAOHTD",
	OptNAOFFD:            "NAOFFD",
	OptNAOVTS:            "NAOVTS",
	OptNAOVTD:            "NAOVTD",
	OptNAOLFD:            "NAOLFD",
	OptXASCII:            "XASCII",
	OptLogout:            "LOGOUT",
	OptBM:                "BM",
	OptDET:               "DET",
	OptSupdup:            "SUPDUP",
	OptSupdupOutput:      "SUPDUPOUTPUT",
	OptSndLoc:            "SNDLOC",
	OptTType:             "TTYPE",
	OptEOR:               "EOR",
	OptTUID:              "TUID",
	OptOutMrk:            "OUTMRK",
	OptTTYLoc:            "TTYLOC",
	OptVT3270Regime:      "VT3270REGIME",
	OptX3PAD:             "X3PAD",
	OptNAWS:              "NAWS",
	OptTSpeed:            "TSPEED",
	OptLFlow:             "LFLOW",
	OptLinemode:          "LINEMODE",
	OptXDispLoc:          "XDISPLOC",
	OptOldEnviron:        "OLD_ENVIRON",
	OptAuthentication:    "AUTHENTICATION",
	OptEncrypt:           "ENCRYPT",
	OptNewEnviron:        "NEW_ENVIRON",
	OptTN3270E:           "TN3270E",
	OptXAuth:             "XAUTH",
	OptCharset:           "CHARSET",
	OptRSP:               "RSP",
	OptComPort:           "COM_PORT_OPTION",
	OptSuppressLocalEcho: "SUPPRESS_LOCAL_ECHO",
	OptTLS:               "TLS",
	OptKermit:            "KERMIT",
	OptSendURL:           "SEND_URL",
	OptForwardX:          "FORWARD_X",
	OptPragmaLogon:       "PRAGMA_LOGON",
	OptSSPILogon:         "SSPI_LOGON",
	OptPragmaHeartbeat:   "PRAGMA_HEARTBEAT",
	OptExOpl:             "EXOPL",
}
