deadlock: t0 waits for bell
was ready
woken false
woken true
