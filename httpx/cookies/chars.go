package cookies

// Classes of bytes.
const (
	token    = 1 << iota // of a name, and of a value without quotes
	plain                // in a quoted value as itself
	keyChar              // of a name when reading
	valChar              // of a value when reading
	space                // white space
	ctrl                 // control characters
	wordChar             // letters, digits and _
	digit
)

var classes = func() (t [256]uint8) {
	set := func(class uint8, chars string) {
		for i := range len(chars) {
			t[chars[i]] |= class
		}
	}
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	const digits = "0123456789"
	set(token|plain, letters+digits+"!#$%&'*+-.^_`|~:")
	set(plain, " ()/<=>?@[]{}")
	set(keyChar|valChar, letters+digits+"_!#%&'~`><@,:/$*+-.^|)(?}{=")
	set(valChar, "[]")
	set(space, " \t\n\r\f\v")
	set(wordChar, letters+digits+"_")
	set(digit, digits)
	for c := range 0x20 {
		t[c] |= ctrl
	}
	t[0x7f] |= ctrl
	return t
}()

func is(c byte, class uint8) bool { return classes[c]&class != 0 }

// all reports whether every byte of s is of the class.
func all(s string, class uint8) bool {
	for i := range len(s) {
		if !is(s[i], class) {
			return false
		}
	}
	return true
}

// none reports whether no byte of s is of the class.
func none(s string, class uint8) bool {
	for i := range len(s) {
		if is(s[i], class) {
			return false
		}
	}
	return true
}
