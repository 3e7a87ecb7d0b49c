package cookiewire

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// maxDate is the longest text that is read as a date, without white space around it.
const maxDate = 64

var (
	weekday = regexp.MustCompile(`^(?i:Sun|Mon|Tue|Wed|Thu|Fri|Sat)[a-zA-Z]*,?[ \t\n\r\f\v]*`)
	loose   = regexp.MustCompile(`^(\d\d?)(?:\s+|[-/])(\w+)(?:\s+|[-/])(\d+)(?:(?:\s+|:)(\d\d?):(\d\d)(?::(\d\d))?)?\s*(?:([-+]?\d{2,4}|[A-Za-z]+)\s*)?(?:\(\w+\)\s*)?$`)
	iso     = regexp.MustCompile(`^(\d{4})[-/]?(\d\d?)[-/]?(\d\d?)(?:(?:\s+|[-:Tt])(\d\d?):?(\d\d)(?::?(\d\d(?:\.\d*)?))?)?\s*(?:([-+]?\d\d?:?(?::?\d\d)?|Z|z)\s*)?$`)
)

// HTTPTime reads a date of the forms that servers write in Expires, as seconds since the
// epoch: `http2time`. Years of two digits are those nearest to now.
func HTTPTime(s string, now time.Time) (int64, bool) {
	if t, ok := Strict(s); ok {
		return t, true
	}
	s = TrimSpace(s)
	if len(s) > maxDate {
		return 0, false
	}
	if loc := weekday.FindStringIndex(s); loc != nil {
		s = s[loc[1]:]
	}
	m := loose.FindStringSubmatch(s)
	if m == nil || strings.EqualFold(m[7], "am") || strings.EqualFold(m[7], "pm") {
		return 0, false
	}
	return clockTime(m[3], m[2], m[1], m[4], m[5], m[6], m[7], now)
}

// ISOTime reads a date of ISO 8601, with its short forms: `iso2time`.
func ISOTime(s string, now time.Time) (int64, bool) {
	s = TrimSpace(s)
	if len(s) > maxDate {
		return 0, false
	}
	if len(s) == len("1994-11-24 08:49:37Z") && s[4] == '-' && s[7] == '-' && s[10] == ' ' && s[13] == ':' && s[16] == ':' && s[19] == 'Z' {
		if y := number(s[:4]); y >= 1000 { // as FormatISO writes it
			return seconds(y, number(s[5:7]), number(s[8:10]), number(s[11:13]), number(s[14:16]), number(s[17:19]))
		}
	}
	m := iso.FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	return clockTime(m[1], m[2], m[3], m[4], m[5], m[6], m[7], now)
}

// Strict reads "Wed, 09 Feb 1994 22:23:32 GMT", the form that servers ought to write.
func Strict(s string) (int64, bool) {
	if len(s) != 29 || s[3:5] != ", " || s[7] != ' ' || s[11] != ' ' || s[16] != ' ' || s[19] != ':' || s[22] != ':' || s[25:] != " GMT" {
		return 0, false
	}
	n := func(i, k int) int { return number(s[i : i+k]) }
	mon, day, year, h, m, sec := month(s[8:11]), n(5, 2), n(12, 4), n(17, 2), n(20, 2), n(23, 2)
	if !letters(s[:3]) || !letters(s[8:11]) || mon == 0 || day < 0 || year < 0 {
		return 0, false
	}
	return seconds(year, mon, day, h, m, sec)
}

// number reads digits; it is -1 if there is anything else.
func number(s string) int {
	v := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return -1
		}
		v = v*10 + int(s[i]-'0')
	}
	return v
}

// letters reports whether s is a capital and small letters.
func letters(s string) bool {
	return s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'a' && s[1] <= 'z' && s[2] >= 'a' && s[2] <= 'z'
}

const months = "janfebmaraprmayjunjulaugsepoctnovdec"

// month returns the number of a month's name, 0 if it is none.
func month(s string) int {
	if len(s) != 3 {
		return 0
	}
	i := strings.Index(months, strings.ToLower(s))
	if i < 0 || i%3 != 0 {
		return 0
	}
	return i/3 + 1
}

func seconds(year, mon, day, h, m, s int) (int64, bool) {
	if year < 1970 || mon < 1 || mon > 12 || day < 1 || day > 31 || h < 0 || h > 24 || m < 0 || m > 59 || s < 0 || s > 61 {
		return 0, false
	}
	return time.Date(year, time.Month(mon), day, h, m, s, 0, time.UTC).Unix(), true
}

// clockTime puts the parts of a date together; those of the clock may be empty.
func clockTime(year, mon, day, h, m, s, zone string, now time.Time) (int64, bool) {
	y, err := strconv.Atoi(year)
	if err != nil || y > 9999 {
		return 0, false
	}
	mo := month(mon)
	if mo == 0 {
		if mo, err = strconv.Atoi(mon); err != nil {
			return 0, false
		}
	}
	var n [4]int
	for i, t := range []string{day, h, m, s} {
		if t == "" {
			continue
		}
		if n[i], err = strconv.Atoi(t); err != nil {
			return 0, false // a fraction of a second
		}
	}
	if y < 1000 { // the century that brings it nearest
		current := now.Year()
		off := current%100 - y
		y += current - current%100
		if off > 50 {
			y += 100
		} else if off < -50 {
			y -= 100
		}
	}
	t, ok := seconds(y, mo, n[0], n[1], n[2], n[3])
	if !ok {
		return 0, false
	}
	off, ok := offset(strings.ToUpper(zone))
	return t - off, ok
}

var zoneOffset = regexp.MustCompile(`^([-+])?(\d\d?):?(\d\d)?$`)

// offset is how many seconds a zone is before UTC; only names of UTC are known.
func offset(zone string) (int64, bool) {
	switch zone {
	case "", "GMT", "UTC", "UT", "Z":
		return 0, true
	}
	m := zoneOffset.FindStringSubmatch(zone)
	if m == nil {
		return 0, false
	}
	h, _ := strconv.ParseInt(m[2], 10, 64)
	min, _ := strconv.ParseInt("0"+m[3], 10, 64)
	off := 3600*h + 60*min
	if m[1] == "-" {
		off = -off
	}
	return off, true
}

// FormatISO writes a time as "1994-11-24 08:49:37Z": `time2isoz`.
func FormatISO(t int64) string {
	return time.Unix(t, 0).UTC().Format("2006-01-02 15:04:05Z")
}

// FormatNetscape writes a time as "Wed, 09-Feb-1994 22:23:32 GMT": `time2netscape`.
func FormatNetscape(t int64) string {
	u := time.Unix(t, 0).UTC()
	return fmt.Sprintf("%s, %02d-%s-%04d %02d:%02d:%02d GMT", u.Weekday().String()[:3], u.Day(), u.Month().String()[:3], u.Year(), u.Hour(), u.Minute(), u.Second())
}
