package tlsutil

import (
	"fmt"
	"strings"
	"time"
)

var months = []string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}

// badTime is what OpenSSL prints for a time that it cannot read.
const badTime = "Bad time value"

// certTime prints a Time of a certificate as OpenSSL does. What is too short to be one is
// an error.
func certTime(e der) (string, error) {
	switch {
	case e.constructed:
		return "", errDER
	case e.is(tagUTCTime) && len(e.body) >= 13:
		return printTime(string(e.body), 2), nil
	case e.is(tagGenTime) && len(e.body) >= 15:
		return printTime(string(e.body), 4), nil
	}
	return "", errDER
}

// printTime prints YYMMDDHHMMSSZ or YYYYMMDDHHMMSS[.f]Z.
func printTime(s string, yearDigits int) string {
	num := func(n int) (v int, ok bool) {
		if len(s) < n {
			return 0, false
		}
		for _, c := range []byte(s[:n]) {
			if c < '0' || c > '9' {
				return 0, false
			}
			v = v*10 + int(c-'0')
		}
		s = s[n:]
		return v, true
	}
	year, ok := num(yearDigits)
	if yearDigits == 2 && year < 50 {
		year += 2000
	} else if yearDigits == 2 {
		year += 1900
	}
	var f [5]int // month, day, hour, minute, second
	for i := range f {
		v, fine := num(2)
		f[i], ok = v, ok && fine
	}
	if !ok || f[0] < 1 || f[0] > 12 || f[1] < 1 || f[1] > daysIn(year, f[0]) || f[2] > 23 || f[3] > 59 || f[4] > 59 {
		return badTime
	}
	fraction := ""
	if yearDigits == 4 && strings.HasPrefix(s, ".") {
		n := 1
		for n < len(s) && s[n] >= '0' && s[n] <= '9' {
			n++
		}
		if n == 1 {
			return badTime
		}
		fraction, s = s[:n], s[n:]
	}
	t := time.Date(year, time.Month(f[0]), f[1], f[2], f[3], f[4], 0, time.UTC)
	if s != "Z" {
		if len(s) != 5 || s[0] != '+' && s[0] != '-' {
			return badTime
		}
		east := s[0] == '+'
		s = s[1:]
		h, ok1 := num(2)
		m, ok2 := num(2)
		if !ok1 || !ok2 || h > 12 || m > 59 {
			return badTime
		}
		offset := time.Duration(h)*time.Hour + time.Duration(m)*time.Minute
		if east {
			offset = -offset
		}
		t = t.Add(offset)
	}
	return fmt.Sprintf("%s %2d %02d:%02d:%02d%s %d GMT", months[t.Month()-1], t.Day(), t.Hour(), t.Minute(), t.Second(), fraction, t.Year())
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// CertTimeToSeconds reads a time of a certificate, such as "Jan  5 09:34:43 2018 GMT", and
// returns the seconds since 1970. An error is [ErrValue]. Python: cert_time_to_seconds.
func CertTimeToSeconds(s string) (int64, error) {
	t, err := ParseCertTime(s)
	if err != nil {
		return 0, err
	}
	return t.Unix(), nil
}

// ParseCertTime is [CertTimeToSeconds] for a time.Time. As there, the day may be up to 31 in
// every month and the seconds up to 61.
func ParseCertTime(s string) (time.Time, error) {
	bad := valueError("time %q is not of the form \"Jan  5 09:34:43 2018 GMT\"", short(s))
	if len(s) < 3 {
		return time.Time{}, bad
	}
	month := 0
	for i, m := range months {
		if strings.EqualFold(m, s[:3]) {
			month = i + 1
		}
	}
	rest := s[3:]
	if month == 0 {
		return time.Time{}, bad
	}
	space := func() bool { // one or more
		t := strings.TrimLeft(rest, " \t\n\r\f\v")
		ok := len(t) < len(rest)
		rest = t
		return ok
	}
	num := func(lo, hi, minDigits, maxDigits int) int {
		n := 0
		for n < len(rest) && n < maxDigits && rest[n] >= '0' && rest[n] <= '9' {
			n++
		}
		for ; n >= minDigits; n-- { // the longest that is in range
			v := 0
			for _, c := range []byte(rest[:n]) {
				v = v*10 + int(c-'0')
			}
			if v >= lo && v <= hi {
				rest = rest[n:]
				return v
			}
		}
		return -1
	}
	colon := func() bool {
		var ok bool
		rest, ok = strings.CutPrefix(rest, ":")
		return ok
	}
	space()
	day := num(1, 31, 1, 2)
	ok := day >= 0 && space()
	hour := num(0, 23, 1, 2)
	ok = ok && hour >= 0 && colon()
	minute := num(0, 59, 1, 2)
	ok = ok && minute >= 0 && colon()
	second := num(0, 61, 1, 2)
	ok = ok && second >= 0 && space()
	year := num(1, 9999, 4, 4)
	ok = ok && year >= 0 && space()
	if !ok || !strings.EqualFold(rest, "GMT") {
		return time.Time{}, bad
	}
	return time.Date(year, time.Month(month), day, hour, minute, second, 0, time.UTC), nil
}
