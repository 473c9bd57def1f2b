//! A vector's owner: who makes it, who is given it, who destroys it.
