awake | end
