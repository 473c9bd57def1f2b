//! The fenced blocks of a text.

/// The texts of the fences with so many backticks and this tag, that stand in no other fence.
pub fn fenced(text: &str, ticks: usize, tag: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let opening = line.len() - line.trim_start_matches('`').len();
        if opening < 3 {
            continue;
        }
        let fence = "`".repeat(opening);
        let inside: Vec<_> = lines.by_ref().take_while(|line| *line != fence).collect();
        if opening == ticks && &line[opening..] == tag {
            found.push(inside.join("\n") + "\n");
        }
    }
    found
}
