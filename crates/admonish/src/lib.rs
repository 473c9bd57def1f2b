//! mdbook-admonish behind mdBook 0.5's JSON.
