package cookies

import (
	"errors"
	"strconv"
)

// What may be wrong with a cookie. Each is the Kind of an [Error].
var (
	// ErrName is for a name that is empty or holds a character that names cannot have.
	ErrName = errors.New("illegal name")
	// ErrReserved is for a cookie with the name of an attribute.
	ErrReserved = errors.New("the name is that of an attribute")
	// ErrAttribute is for an attribute that cookies do not have, or of another type.
	ErrAttribute = errors.New("no such attribute")
	// ErrControl is for a control character, or a character that would end the value.
	ErrControl = errors.New("control character or separator")
	// ErrPrefix is for a name with the prefix __Host- or __Secure- without what it promises.
	ErrPrefix = errors.New("attributes are not those of the name's prefix")
	// ErrTooMany is for more cookies than the limit.
	ErrTooMany = errors.New("too many cookies")
	// ErrSyntax is for a Set-Cookie line that is none.
	ErrSyntax = errors.New("not a cookie")
)

// An Error tells what is wrong with a cookie. Python's CookieError.
type Error struct {
	// Name is the name of the cookie or attribute, or what was read in its place.
	Name string
	// Kind is one of the errors above.
	Kind error
}

// maxShown is how much of a text an error shows.
const maxShown = 64

// Error gives the name, quoted and cut to a readable length, and the kind.
func (e *Error) Error() string {
	name := e.Name
	if len(name) > maxShown {
		name = name[:maxShown] + "…"
	}
	return "cookies: " + strconv.QuoteToASCII(name) + ": " + e.Kind.Error()
}

// Unwrap returns the kind.
func (e *Error) Unwrap() error { return e.Kind }

func fail(name string, kind error) error { return &Error{Name: name, Kind: kind} }
