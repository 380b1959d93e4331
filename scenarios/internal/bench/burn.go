package bench

// burning makes each body of an op longer by this share of the time that it took: a slowdown of known size, inside
// the timed region. It exists so that the gate can be tried on real slowdowns (npm run bench:gate).
func burning(c *Clock, run func(n int), share float64) func(n int) {
	return func(n int) {
		start := c.Now()
		run(n)
		ended := c.Now()
		for until := ended + int64(share*float64(ended-start)); c.Now() < until; {
		}
	}
}
