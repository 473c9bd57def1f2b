//! The pictures of executions: their arrows are the explorer's, and no text meets another.

use std::collections::BTreeSet;

use outcomes::{ExecutionGraph, Limits, Model, Options};
use roxmltree::{Document, Node};

use crate::book::BookTest;

const USES: &str = "use std::sync::atomic::{AtomicU32, Ordering::*, fence};\n";

/// Store buffering.
const SB: &str = "let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
std::thread::scope(|s| {
    let a = s.spawn(|| { x.store(1, SeqCst); y.load(SeqCst) });
    let b = s.spawn(|| { y.store(1, SeqCst); x.load(Acquire) });
    println!(\"{} {}\", a.join().unwrap(), b.join().unwrap());
});
";

/// Message passing.
const MP: &str = "let (data, ready) = (AtomicU32::new(0), AtomicU32::new(0));
std::thread::scope(|s| {
    s.spawn(|| { data.store(7, Relaxed); ready.store(1, Release); });
    println!(\"{} {}\", ready.load(Acquire), data.load(Relaxed));
});
";

/// Independent reads of independent writes.
const IRIW: &str = "let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
std::thread::scope(|s| {
    s.spawn(|| x.store(1, Release));
    s.spawn(|| y.store(1, Release));
    let a = s.spawn(|| (x.load(Acquire), y.load(Acquire)));
    let b = s.spawn(|| (y.load(Acquire), x.load(Acquire)));
    println!(\"{:?} {:?}\", a.join().unwrap(), b.join().unwrap());
});
";

/// Two stores each, so that modification orders go against each other.
const STORES: &str = "let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
std::thread::scope(|s| {
    s.spawn(|| { x.store(1, Relaxed); y.store(2, Relaxed); });
    s.spawn(|| { y.store(1, Relaxed); x.store(2, Relaxed); });
});
println!(\"{} {}\", x.load(Relaxed), y.load(Relaxed));
";

/// A location with a long name, many arrows at one event, and a fence.
const MANY: &str = "struct Counter { the_number_of_those_that_are_there: AtomicU32 }
let all = Counter { the_number_of_those_that_are_there: AtomicU32::new(0) };
std::thread::scope(|s| {
    for _ in 0..3 {
        s.spawn(|| {
            all.the_number_of_those_that_are_there.fetch_add(1, AcqRel);
            fence(SeqCst);
            all.the_number_of_those_that_are_there.fetch_add(2, AcqRel);
        });
    }
});
println!(\"{}\", all.the_number_of_those_that_are_there.load(Relaxed));
";

/// A lock, a channel, and threads that begin threads.
const NESTED: &str = "let (m, n) = (std::sync::Mutex::new(0), AtomicU32::new(0));
let (tx, rx) = std::sync::mpsc::channel();
n.store(1, Relaxed);
std::thread::scope(|s| {
    s.spawn(|| {
        std::thread::scope(|t| { t.spawn(|| { *m.lock().unwrap() += n.load(Relaxed); }); });
        tx.send(1).unwrap();
    });
    *m.lock().unwrap() += 2;
    println!(\"{}\", rx.recv().unwrap());
});
n.store(2, Relaxed);
";

const ALL: [(&str, &str); 6] = [
    ("SB", SB),
    ("MP", MP),
    ("IRIW", IRIW),
    ("2+2W", STORES),
    ("many", MANY),
    ("nested", NESTED),
];

fn explored(code: &str) -> Vec<(String, ExecutionGraph)> {
    let program = outcomes::parse(&format!("{USES}{code}"), Options::default()).unwrap();
    let found = outcomes::explore(&program, Model::Cpp20, &Limits::default()).unwrap();
    let found = found.outcomes.into_iter();
    found
        .map(|outcome| (outcome.line(), outcome.graph.unwrap()))
        .collect()
}

/// The page of a block, with what stands about its outcomes.
fn page(code: &str) -> String {
    let lines: Vec<String> = explored(code).into_iter().map(|(line, _)| line).collect();
    let chapter = format!(
        "# A\n\n```rust,explore\n{USES}{code}```\n\n```text,outcomes,cpp20\n{}\n```\n",
        lines.join("\n")
    );
    BookTest::new(&chapter).page(false).unwrap()
}

/// The pictures of a page.
fn pictures(page: &str) -> Vec<String> {
    let pictures = page.split("<div class=\"execution\"").skip(1);
    let svg = |part: &str| {
        let begin = part.find("<svg").unwrap();
        let end = part.find("</svg>").unwrap() + "</svg>".len();
        part[begin..end].to_owned()
    };
    pictures.map(svg).collect()
}

fn edges_of(svg: &str) -> BTreeSet<String> {
    let document = Document::parse(svg).unwrap();
    let mut edges = BTreeSet::new();
    for edge in document
        .descendants()
        .filter_map(|node| node.attribute("data-edge"))
    {
        let mut words: Vec<&str> = edge.split(' ').collect();
        let ends = words.split_off(words.len() - 2);
        edges.extend(
            words
                .iter()
                .map(|name| format!("{name} {} {}", ends[0], ends[1])),
        );
    }
    edges
}

/// What the JSON says, of the events that a picture has.
fn edges_in(graph: &serde_json::Value, shown: &[u64]) -> BTreeSet<String> {
    let has = |at: &serde_json::Value| at.as_u64().is_some_and(|at| shown.contains(&at));
    let pairs = |name: &str| graph[name].as_array().unwrap().clone();
    let mut edges = BTreeSet::new();
    for pair in pairs("reads_from").iter().filter(|pair| has(&pair[1])) {
        match pair[0].is_null() {
            true => edges.insert(format!("rf first {}", pair[1])),
            false => edges.insert(format!("rf {} {}", pair[0], pair[1])),
        };
    }
    for pair in pairs("synchronizes_with") {
        if has(&pair[0]) && has(&pair[1]) {
            edges.insert(format!("sw {} {}", pair[0], pair[1]));
        }
    }
    for order in pairs("modification_order") {
        for pair in order[1].as_array().unwrap().windows(2) {
            edges.insert(format!("mo {} {}", pair[0], pair[1]));
        }
    }
    for (place, at) in shown.iter().enumerate() {
        let thread = |at: u64| &graph["events"][at as usize]["thread"];
        let next = shown[place + 1..]
            .iter()
            .find(|next| thread(**next) == thread(*at));
        edges.extend(next.map(|next| format!("po {at} {next}")));
    }
    edges
}

fn events_of(svg: &str) -> Vec<u64> {
    let document = Document::parse(svg).unwrap();
    let events = document
        .descendants()
        .filter_map(|node| node.attribute("data-event"));
    events.map(|event| event.parse().unwrap()).collect()
}

/// Whether `to` can be reached from `from`.
fn reaches(edges: &[(u64, u64)], from: u64, to: u64) -> bool {
    edges
        .iter()
        .any(|(a, b)| *a == from && (*b == to || reaches(edges, *b, to)))
}

#[test]
fn the_arrows_are_the_relations_of_the_explorers_json() {
    for (name, code) in ALL {
        let found = explored(code);
        let pictures = pictures(&page(code));
        assert_eq!(pictures.len(), found.len(), "{name}");
        for (svg, (line, graph)) in pictures.iter().zip(&found) {
            let json = serde_json::to_value(graph).unwrap();
            let shown = events_of(svg);
            let told = |what: &str| {
                !(what.starts_with("spawns") || what.starts_with("joins") || what == "ends")
            };
            let events = graph.events.iter().enumerate();
            let mut wanted: Vec<_> = events.filter(|(_, event)| told(&event.what)).collect();
            // What is printed last is the outcome's own name.
            while wanted
                .last()
                .is_some_and(|(_, event)| event.what.starts_with("prints"))
            {
                wanted.pop();
            }
            let wanted: Vec<u64> = wanted.iter().map(|(at, _)| *at as u64).collect();
            assert_eq!(shown, wanted, "{name}: {line}");
            let (hb, drawn): (BTreeSet<_>, _) = edges_of(svg)
                .into_iter()
                .partition(|edge| edge.starts_with("hb"));
            assert_eq!(drawn, edges_in(&json, &shown), "{name}: {line}");

            // What spawns and joins order is told by arrows of its own, and by no more than needed.
            let ends = |edge: &String| {
                let mut ends = edge.split(' ').skip(1).map(|end| end.parse().ok());
                Some((ends.next()??, ends.next()??))
            };
            let strong = |edge: &&String| edge.starts_with("po") || edge.starts_with("sw");
            let mut seen: Vec<(u64, u64)> = drawn.iter().filter(strong).filter_map(ends).collect();
            let hb: Vec<(u64, u64)> = hb.iter().filter_map(ends).collect();
            for (at, edge) in hb.iter().enumerate() {
                let mut others = [&seen[..], &hb[..at], &hb[at + 1..]].concat();
                others.dedup();
                assert!(
                    !reaches(&others, edge.0, edge.1),
                    "{name}: {line}: {edge:?}"
                );
            }
            seen.extend(hb);
            let all: Vec<u64> = (0..graph.events.len() as u64).collect();
            let whole = edges_in(&json, &all);
            let whole: Vec<(u64, u64)> = whole.iter().filter(strong).filter_map(ends).collect();
            for (&a, &b) in shown.iter().flat_map(|a| shown.iter().map(move |b| (a, b))) {
                assert_eq!(
                    reaches(&seen, a, b),
                    reaches(&whole, a, b),
                    "{name}: {line}: {a} {b}"
                );
            }
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Area {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Area {
    fn meets(&self, other: &Area) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    fn holds(&self, other: &Area) -> bool {
        self.left <= other.left
            && other.right <= self.right
            && self.top <= other.top
            && other.bottom <= self.bottom
    }
}

fn number(node: Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).unwrap().parse().unwrap()
}

fn area(rect: Node<'_, '_>) -> Area {
    let (left, top) = (number(rect, "x"), number(rect, "y"));
    Area {
        left,
        top,
        right: left + number(rect, "width"),
        bottom: top + number(rect, "height"),
    }
}

/// Where a text stands: fixed-width letters are three fifths as wide as they are high.
fn text_area(text: Node<'_, '_>) -> Area {
    let size = text
        .attribute("font-size")
        .map_or(13.0, |size| size.parse().unwrap());
    let width = text.text().unwrap_or_default().chars().count() as f64 * size * 0.602;
    let (x, baseline) = (number(text, "x"), number(text, "y"));
    let left = match text.attribute("text-anchor") {
        Some("middle") => x - width / 2.0,
        _ => x,
    };
    Area {
        left,
        top: baseline - 0.78 * size,
        right: left + width,
        bottom: baseline + 0.22 * size,
    }
}

/// What is wrong with where things stand in a picture.
fn faults(svg: &str) -> Vec<String> {
    let document = Document::parse(svg).unwrap();
    let view: Vec<f64> = document
        .root_element()
        .attribute("viewbox")
        .unwrap()
        .split(' ')
        .map(|n| n.parse().unwrap())
        .collect();
    let view = Area {
        left: 0.0,
        top: 0.0,
        right: view[2],
        bottom: view[3],
    };
    let of_class = |class: &'static str| {
        document.descendants().filter(move |node| {
            node.attribute("class")
                .is_some_and(|own| own.split(' ').any(|own| own == class))
        })
    };
    let inner = |group: Node<'_, '_>, tag: &str| -> Vec<Area> {
        let inner = group.children().filter(|node| {
            node.has_tag_name((group.tag_name().namespace().unwrap_or_default(), tag))
                || node.has_tag_name(tag)
        });
        inner
            .map(|node| {
                if tag == "rect" {
                    area(node)
                } else {
                    text_area(node)
                }
            })
            .collect()
    };
    let mut faults = Vec::new();
    let mut taken: Vec<(String, Area)> = of_class("thread")
        .map(|text| (format!("thread {:?}", text.text()), text_area(text)))
        .collect();
    for event in of_class("event") {
        let (frame, texts) = (inner(event, "rect")[0], inner(event, "text"));
        assert!(texts.len() > 1);
        for (at, text) in texts.iter().enumerate() {
            if !frame.holds(text) {
                faults.push(format!(
                    "a text of event {event:?} leaves it: {text:?} {frame:?}"
                ));
            }
            if texts[..at].iter().any(|other| other.meets(text)) {
                faults.push(format!("two texts of event {event:?} meet"));
            }
        }
        taken.push((format!("event {:?}", event.attribute("data-event")), frame));
    }
    for label in of_class("label") {
        let (ground, text) = (inner(label, "rect")[0], inner(label, "text")[0]);
        if !ground.holds(&text) {
            faults.push(format!("a label leaves its ground: {text:?} {ground:?}"));
        }
        taken.push((
            format!(
                "label {:?}",
                label.descendants().find_map(|node| node.text())
            ),
            ground,
        ));
    }
    for (at, (what, area)) in taken.iter().enumerate() {
        if !view.holds(area) {
            faults.push(format!("{what} leaves the picture: {area:?}"));
        }
        for (other, place) in &taken[..at] {
            if area.meets(place) {
                faults.push(format!("{what} meets {other}: {area:?} {place:?}"));
            }
        }
    }
    // Nor does an arrow run through an event, or along another.
    let events: Vec<Area> = of_class("event")
        .map(|event| inner(event, "rect")[0])
        .collect();
    let mut parts: Vec<(usize, Part)> = Vec::new();
    let edges = document
        .descendants()
        .filter(|node| node.attribute("data-edge").is_some());
    for (number, edge) in edges.enumerate() {
        let line = edge
            .children()
            .find_map(|node| node.attribute("d"))
            .unwrap();
        for part in straight(line) {
            let middle = Area {
                left: part.0.0.min(part.1.0) + 0.5,
                right: part.0.0.max(part.1.0) - 0.5,
                top: part.0.1.min(part.1.1) + 0.5,
                bottom: part.0.1.max(part.1.1) - 0.5,
            };
            let thick = Area {
                left: middle.left.min(middle.right),
                right: middle.right.max(middle.left),
                top: middle.top.min(middle.bottom),
                bottom: middle.bottom.max(middle.top),
            };
            if events.iter().any(|event| event.meets(&thick)) {
                faults.push(format!(
                    "{:?} runs through an event",
                    edge.attribute("data-edge")
                ));
            }
            let along = |other: &&(usize, Part)| other.0 != number && along(part, other.1);
            if let Some(other) = parts.iter().find(along) {
                faults.push(format!(
                    "{:?} runs along another: {part:?} {other:?}",
                    edge.attribute("data-edge")
                ));
            }
            parts.push((number, part));
        }
    }
    faults
}

type Part = ((f64, f64), (f64, f64));

/// The straight parts of a path.
fn straight(path: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut at = (0.0, 0.0);
    let starts: Vec<usize> = path
        .char_indices()
        .filter(|(_, c)| c.is_ascii_alphabetic())
        .map(|(at, _)| at)
        .collect();
    for (place, &start) in starts.iter().enumerate() {
        let end = starts.get(place + 1).copied().unwrap_or(path.len());
        let numbers: Vec<f64> = path[start + 1..end]
            .split_whitespace()
            .map(|n| n.parse().unwrap())
            .collect();
        let to = match &path[start..=start] {
            "V" => (at.0, numbers[0]),
            _ => (numbers[numbers.len() - 2], numbers[numbers.len() - 1]),
        };
        if path[start..].starts_with(['L', 'V']) {
            parts.push((at, to));
        }
        at = to;
    }
    parts
}

/// Whether two lines share more than a point.
fn along(a: Part, b: Part) -> bool {
    let shared = |a: (f64, f64), b: (f64, f64)| {
        a.0.max(a.1).min(b.0.max(b.1)) - a.0.min(a.1).max(b.0.min(b.1))
    };
    let upright = |part: Part| part.0.0 == part.1.0;
    let close = |a: f64, b: f64| (a - b).abs() < 2.0;
    match (upright(a), upright(b)) {
        (true, true) => close(a.0.0, b.0.0) && shared((a.0.1, a.1.1), (b.0.1, b.1.1)) > 0.5,
        (false, false) => close(a.0.1, b.0.1) && shared((a.0.0, a.1.0), (b.0.0, b.1.0)) > 0.5,
        _ => false,
    }
}

#[test]
fn no_text_meets_another_and_no_arrow_an_event() {
    for (name, code) in ALL {
        for svg in pictures(&page(code)) {
            let faults = faults(&svg);
            assert!(faults.is_empty(), "{name}: {faults:#?}\n{svg}");
        }
    }
}

#[test]
fn things_that_stand_wrong_are_seen() {
    let svg = &pictures(&page(SB))[1];
    assert_eq!(faults(svg), Vec::<String>::new());
    let document = Document::parse(svg).unwrap();
    let event = area(
        document
            .descendants()
            .find(|node| node.has_tag_name("rect"))
            .unwrap(),
    );
    let at = svg.find("<g class=\"label").unwrap();
    let label = &svg[at..at + svg[at..].find("</rect>").unwrap()];
    let x = label
        .split(" x=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let onto_an_event = label.replacen(x, &event.left.to_string(), 1);
    assert!(
        faults(&svg.replace(label, &onto_an_event))
            .iter()
            .any(|fault| fault.contains("meets event"))
    );
    assert!(
        faults(&svg.replace("stores 1 to x", "stores 1 to a longer name"))
            .iter()
            .any(|fault| fault.contains("leaves it"))
    );
    let through = format!(
        "<path d=\"M{} {}L{} {}\"/>",
        event.left - 9.0,
        event.top + 9.0,
        event.right + 9.0,
        event.top + 9.0
    );
    let svg = svg.replace(
        "</svg>",
        &format!(
            "<g data-edge=\"rf 1 2\">{through}</g><g data-edge=\"rf 1 2\">{through}</g></svg>"
        ),
    );
    let faults = faults(&svg);
    assert!(
        faults
            .iter()
            .any(|fault| fault.contains("through an event")),
        "{faults:?}"
    );
    assert!(
        faults.iter().any(|fault| fault.contains("along another")),
        "{faults:?}"
    );
}

#[test]
fn a_picture_has_a_title_a_description_and_all_of_it_in_words() {
    let page = page(MP);
    let last = page.split("<div class=\"execution\"").last().unwrap();
    assert!(
        last.contains("<title>An execution that ends in 1 7</title>"),
        "{last}"
    );
    assert!(last.contains("<desc>4 steps of main (t0), t1,"), "{last}");
    for words in [
        "<li>t1, line 4: stores 1 to ready (Release)</li>",
        "<li>main (t0), line 5: loads ready (Acquire): 1; <small>it reads from step 2</small>; <small>step 2 synchronises with it</small></li>",
        "<li>main (t0), line 5: loads data (Relaxed): 7; <small>it reads from step 1</small></li>",
        "In the pictures a column is one thread’s own order",
        "<b>sw</b>: synchronises with",
    ] {
        assert!(last.contains(words), "{words}: {last}");
    }
    assert!(!last.contains("<b>mo</b>"), "{last}");
    let stores = self::page(STORES);
    assert!(
        stores.contains("<li><code class=\"nohighlight\">x</code>: 4, 1</li>"),
        "{stores}"
    );
    assert!(self::page(SB).contains("The one order of the SeqCst steps: 1, 3, 2."));
}

#[test]
fn what_is_too_large_for_a_picture_is_cut_and_says_so() {
    let adds = "n.fetch_add(1, Relaxed); ".repeat(20);
    let code = format!(
        "let n = AtomicU32::new(0);\nstd::thread::scope(|s| {{\n    s.spawn(|| {{ {adds} }});\n    s.spawn(|| {{ {adds} }});\n}});\nprintln!(\"{{}}\", n.load(Relaxed));\n"
    );
    let page = page(&code);
    assert!(
        page.contains("It has 41 steps: the picture stops after the first 30."),
        "{page}"
    );
    let svg = &pictures(&page)[0];
    assert_eq!(events_of(svg).len(), 30);
    assert!(faults(svg).is_empty(), "{:?}", faults(svg));
    assert_eq!(page.matches("<li>t1, line").count(), 20);
    let whole: Vec<String> = pictures(&self::page(MP));
    assert!(!whole.is_empty() && !self::page(MP).contains("the picture stops"));
}
