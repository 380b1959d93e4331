package load

// idleRing holds the free connections, the one that waited longest first.
type idleRing struct {
	// As many as there are connections at all.
	conns        []*conn
	first, count int
}

func (r *idleRing) put(c *conn) {
	r.conns[(r.first+r.count)%len(r.conns)] = c
	r.count++
}

// take returns nil where none is free.
func (r *idleRing) take() *conn {
	if r.count == 0 {
		return nil
	}
	c := r.conns[r.first]
	r.first = (r.first + 1) % len(r.conns)
	r.count--
	return c
}

// remove takes one out that was closed while it was free.
func (r *idleRing) remove(gone *conn) {
	for range r.count {
		if c := r.take(); c != gone {
			r.put(c)
		}
	}
}
