1 Some(42)
