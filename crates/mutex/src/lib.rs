//! A mutex that owns its data: the only way in is through the lock.
