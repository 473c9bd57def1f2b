at once 1 | (false, false)
at once 1 | (true, false)
later Ok(1) | (false, false)
later Ok(1) | (true, false)
