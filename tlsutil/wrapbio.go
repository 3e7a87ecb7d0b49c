package tlsutil

// WrapBIO returns an [Object] over the two BIOs, as a server or as a client of the server
// with that name. The errors are those of [Context.ClientConfig] and
// [Context.ServerConfig]. Python: wrap_bio.
func (c *Context) WrapBIO(in, out *MemoryBIO, server bool, name string) (*Object, error) {
	return c.WrapBIOWith(in, out, WrapOptions{Server: server, ServerName: name})
}

// WrapBIOWith is [Context.WrapBIO] with all options; Later and Reader have no effect.
func (c *Context) WrapBIOWith(in, out *MemoryBIO, o WrapOptions) (*Object, error) {
	cfg, p, slot, err := c.configFor(o)
	if err != nil {
		return nil, err
	}
	b := NewObject(cfg, in, out, o.Server)
	b.info.ctx, b.info.slot, b.info.policy = c, slot, p
	b.e.ends = o.IgnoreUnexpectedEOF || c.Options()&OpIgnoreUnexpectedEOF != 0
	if o.Server {
		c.stats.accept.Add(1)
	} else {
		c.stats.connect.Add(1)
	}
	return b, nil
}
