package cookiejar

import (
	"container/heap"
	"time"
)

// A schedule is a heap of ends of lives. An entry that is gone, or has another end by now,
// stays in it until it comes up.
type schedule []end

type end struct {
	at int64
	e  *entry
}

func (s schedule) Len() int           { return len(s) }
func (s schedule) Less(i, j int) bool { return s[i].at < s[j].at }
func (s schedule) Swap(i, j int)      { s[i], s[j] = s[j], s[i] }
func (s *schedule) Push(x any)        { *s = append(*s, x.(end)) }
func (s *schedule) Pop() any {
	old := *s
	x := old[len(old)-1]
	old[len(old)-1] = end{}
	*s = old[:len(old)-1]
	return x
}

// noEnd is the end of an entry that has none.
const noEnd = -1 << 63

// stands reports whether the entry still ends then.
func (x end) stands() bool { return !x.e.gone && x.e.end == x.at }

// add notes the end of e's life. count is how many cookies the jar has.
func (s *schedule) add(e *entry, count int) {
	if e.c.Expires.IsZero() {
		e.end = noEnd
		return
	}
	at := e.c.Expires.Unix()
	if e.end == at { // it is in the schedule already
		return
	}
	e.end = at
	if len(*s) > 2*count+64 { // mostly ends that do not stand
		live := (*s)[:0]
		for _, x := range *s {
			if x.stands() {
				live = append(live, x)
			}
		}
		clear((*s)[len(live):])
		*s = live
		heap.Init(s)
	}
	heap.Push(s, end{at, e})
}

// expire drops the cookies whose life has ended.
func (j *Jar) expire(now time.Time) {
	for len(j.ends) > 0 && j.ends[0].at <= now.Unix() {
		x := heap.Pop(&j.ends).(end)
		if x.stands() {
			j.remove(x.e)
		}
	}
}

// tidy drops the cookies whose life has ended by now.
func (j *Jar) tidy() {
	if len(j.ends) > 0 {
		j.expire(j.time())
	}
}
