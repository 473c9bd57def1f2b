//! `letter` writes the lines of a letter one below the other, seals it, and returns
//! what arrives when it is posted. A letter may be empty.
//!
//! "With one line it works, and with two, if I write them behind each other with dots.
//! In a loop the draft is used up after the first line."

struct Draft(String);
struct Sealed(String);

impl Draft {
    fn write(self, line: &str) -> Draft {
        Draft(self.0 + line + "\n")
    }

    fn seal(self) -> Sealed {
        Sealed(self.0)
    }
}

impl Sealed {
    fn post(self) -> String {
        self.0
    }
}

pub fn letter(lines: &[&str]) -> String {
    let draft = Draft(String::new());
    for line in lines {
        draft.write(line);
    }
    draft.seal().post()
}
