started true
