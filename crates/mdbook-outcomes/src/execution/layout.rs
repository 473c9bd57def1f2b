//! Where everything stands: events in a column for each thread, arrows in the alleys between them.
//!
//! Arrows run upright in the alleys between columns and level in those between rows, each on a
//! track that nobody else has there, and their labels stand on the upright tracks, which are as
//! wide as those. So no text meets another, and no line an event.

use std::collections::BTreeMap;

use super::relations::Edge;

/// The size of an event's letters.
pub(super) const LETTERS: f64 = 13.0;
/// The size of all others.
pub(super) const SMALL: f64 = 11.0;
/// Fixed-width letters are about three fifths as wide as they are high.
const WIDTH: f64 = 0.61;
/// Around a text in its box.
pub(super) const PAD: f64 = 7.0;
/// The height of a line of an event's text, and of a small one.
pub(super) const TEXT: f64 = 17.0;
pub(super) const SMALL_TEXT: f64 = 15.0;
/// Between two ends of arrows at an event's side.
const PORTS: f64 = 17.0;
/// Between two rows, if no arrow runs there.
const ALLEY: f64 = 20.0;
/// Between two level tracks.
const TRACKS: f64 = 9.0;
/// The room for arrows from first values beside a column, and beside a column without.
const RING: f64 = 30.0;
const EDGE: f64 = 12.0;

pub(super) fn width_of(text: &str, size: f64) -> f64 {
    text.chars().count() as f64 * size * WIDTH
}

/// An event, as it is to be laid out.
pub(super) struct Node {
    /// Its number in the graph.
    pub(super) event: usize,
    pub(super) column: usize,
    pub(super) above: String,
    pub(super) lines: Vec<String>,
    pub(super) below: String,
}

/// A box: its left upper corner, and its size.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// An arrow: its corners from tail to head, and the middle of its label.
#[derive(Debug, Clone, Default)]
pub(super) struct Wire {
    pub(super) points: Vec<(f64, f64)>,
    pub(super) label: (f64, f64),
}

/// A place for everything.
pub(super) struct Layout {
    pub(super) nodes: Vec<Place>,
    /// One for each edge.
    pub(super) wires: Vec<Wire>,
    /// The middle of each column.
    pub(super) columns: Vec<f64>,
    pub(super) size: (f64, f64),
}

/// An end of an arrow: the event and its side, right or not.
type Port = (usize, bool);

/// The way of an edge, before anything has its place.
struct Way {
    /// None: from a ring.
    tail: Option<Port>,
    head: Port,
    /// The upright tracks' alleys: of the head, and of the tail if it is another.
    alley: usize,
    far: Option<usize>,
    /// The alley between rows, and the track in it.
    level: Option<(usize, usize)>,
}

/// Lays out the events, which stand in an order in which each comes behind what it depends on.
pub(super) fn layout(names: &[String], nodes: &[Node], edges: &[Edge]) -> Layout {
    let rows = rows(nodes, edges);
    let index: BTreeMap<usize, usize> = nodes
        .iter()
        .enumerate()
        .map(|(at, node)| (node.event, at))
        .collect();
    let mut levels: BTreeMap<usize, usize> = BTreeMap::new();
    let mut rings: BTreeMap<Port, usize> = BTreeMap::new();
    let last = names.len() - 1;
    let ways: Vec<Way> = edges
        .iter()
        .map(|edge| {
            let head = index[&edge.to];
            let Some(tail) = edge.from.map(|from| index[&from]) else {
                let right = nodes[head].column == last && last > 0;
                *rings.entry((nodes[head].column, right)).or_default() += 1;
                return Way::from_ring((head, right));
            };
            way(nodes, &rows, tail, head, &mut levels)
        })
        .collect();
    let ports = ports(&rows, &ways);
    let places = heights(nodes, &rows, &ports, &levels);
    Builder {
        names,
        nodes,
        edges,
        ways,
        ports,
        places,
        rings,
    }
    .finish()
}

/// The row of each event: below all that it comes behind.
fn rows(nodes: &[Node], edges: &[Edge]) -> Vec<usize> {
    let mut rows: Vec<usize> = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        let own = (0..at).filter(|before| nodes[*before].column == node.column);
        let into = edges.iter().filter(|edge| edge.to == node.event);
        let from = into.filter_map(|edge| edge.from);
        // A store may be older than one that it comes behind here.
        let others = from.filter_map(|from| (0..at).find(|before| nodes[*before].event == from));
        let behind = own.chain(others).map(|before| rows[before] + 1);
        let row = behind.max().unwrap_or(0);
        rows.push(row);
    }
    rows
}

impl Way {
    fn from_ring(head: Port) -> Way {
        Way {
            tail: None,
            head,
            alley: 0,
            far: None,
            level: None,
        }
    }
}

fn way(
    nodes: &[Node],
    rows: &[usize],
    tail: usize,
    head: usize,
    levels: &mut BTreeMap<usize, usize>,
) -> Way {
    let (from, to) = (nodes[tail].column, nodes[head].column);
    let right = to >= from;
    // Alley number n is to the left of column n.
    let tail_alley = if right { from + 1 } else { from };
    let enters_right = to <= from;
    let head_alley = if enters_right { to + 1 } else { to };
    let mut way = Way {
        tail: Some((tail, right)),
        head: (head, enters_right),
        alley: head_alley,
        far: None,
        level: None,
    };
    if tail_alley != head_alley {
        let below = rows[head] < rows[tail];
        let level = rows[head] + usize::from(below);
        let track = levels.entry(level).or_default();
        way.far = Some(tail_alley);
        way.level = Some((level, *track));
        *track += 1;
    }
    way
}

/// Which ends are at each side of an event, from above: the edge, and whether it is its head.
type Ports = BTreeMap<Port, Vec<End>>;

/// An edge, and whether it is its head.
type End = (usize, bool);

fn ports(rows: &[usize], ways: &[Way]) -> Ports {
    let mut ports: BTreeMap<Port, Vec<(usize, End)>> = BTreeMap::new();
    for (edge, way) in ways.iter().enumerate() {
        let row = |port: Option<Port>| port.map_or(0, |(node, _)| rows[node] + 1);
        ports
            .entry(way.head)
            .or_default()
            .push((row(way.tail), (edge, true)));
        if let Some(tail) = way.tail {
            let row = row(Some(way.head));
            ports.entry(tail).or_default().push((row, (edge, false)));
        }
    }
    let sorted = ports.into_iter().map(|(port, mut ends)| {
        // Rings first, then as far up as the others are.
        ends.sort_by_key(|(row, (edge, is_head))| (*row, !is_head, *edge));
        (port, ends.into_iter().map(|(_, end)| end).collect())
    });
    sorted.collect()
}

/// The places of the events without their left edges, and of the level tracks.
struct Heights {
    nodes: Vec<Place>,
    /// Where the alley above each row begins; behind the last, the one below.
    alleys: Vec<f64>,
    bottom: f64,
}

fn heights(
    nodes: &[Node],
    rows: &[usize],
    ports: &Ports,
    levels: &BTreeMap<usize, usize>,
) -> Heights {
    let count = rows.iter().max().map_or(0, |row| row + 1);
    let sizes = nodes.iter().enumerate().map(|(at, node)| {
        let lines = node.lines.iter().map(|line| width_of(line, LETTERS));
        let small = [&node.above, &node.below].map(|line| width_of(line, SMALL));
        let width = lines.chain(small).fold(0.0, f64::max) + 2.0 * PAD;
        let text = TEXT * node.lines.len() as f64 + 2.0 * SMALL_TEXT + PAD;
        let most = [true, false].map(|right| ports.get(&(at, right)).map_or(0, Vec::len));
        let ends = most.into_iter().max().unwrap_or(0) as f64;
        (width, text.max(PORTS * (ends + 1.0)))
    });
    let sizes: Vec<(f64, f64)> = sizes.collect();
    let mut y = TEXT + PAD;
    let (mut alleys, mut tops) = (Vec::new(), Vec::new());
    for row in 0..count {
        alleys.push(y);
        y += match levels.get(&row) {
            None if row == 0 => ALLEY / 2.0,
            tracks => ALLEY + TRACKS * tracks.copied().unwrap_or(0) as f64,
        };
        let of_row = sizes.iter().zip(rows).filter(|(_, at)| **at == row);
        let height = of_row.map(|((_, height), _)| *height).fold(0.0, f64::max);
        tops.push((y, height));
        y += height;
    }
    alleys.push(y);
    let below = levels.get(&count).copied().unwrap_or(0) as f64;
    let places = sizes.iter().zip(rows).map(|((width, _), row)| Place {
        x: 0.0,
        y: tops[*row].0,
        width: *width,
        height: tops[*row].1,
    });
    Heights {
        nodes: places.collect(),
        alleys,
        bottom: y + TRACKS * below + EDGE,
    }
}

struct Builder<'l> {
    names: &'l [String],
    nodes: &'l [Node],
    edges: &'l [Edge],
    ways: Vec<Way>,
    ports: Ports,
    places: Heights,
    /// How many rings there are at the sides of each column.
    rings: BTreeMap<Port, usize>,
}

/// An upright part of an arrow: its alley, from where to where, and which edge's.
struct Upright {
    alley: usize,
    from: f64,
    to: f64,
    edge: usize,
    labelled: bool,
}

/// The height of a label, and the room that it needs.
pub(super) const LABEL: f64 = 14.0;

impl Builder<'_> {
    fn finish(mut self) -> Layout {
        let uprights = self.uprights();
        let (tracks, widths) = self.tracks(&uprights);
        let (columns, alleys, width) = self.widths(&widths);
        let mut of_edge: BTreeMap<usize, Vec<(usize, f64)>> = BTreeMap::new();
        for (upright, track) in uprights.iter().zip(&tracks) {
            let own = &widths[upright.alley];
            let before: f64 = own[..*track].iter().sum();
            let x = alleys[upright.alley] + before + own[*track] / 2.0;
            of_edge
                .entry(upright.edge)
                .or_default()
                .push((upright.alley, x));
        }
        let mut wires: Vec<Wire> = (0..self.ways.len())
            .map(|edge| self.wire(edge, of_edge.get(&edge).map_or(&[], Vec::as_slice)))
            .collect();
        let labelled = uprights.iter().filter(|upright| upright.labelled);
        for upright in labelled {
            let (_, x) = of_edge[&upright.edge][0];
            let y = self.clear(upright, x, &wires);
            wires[upright.edge].label = (x, y);
        }
        Layout {
            nodes: self.places.nodes,
            wires,
            columns,
            size: (width, self.places.bottom),
        }
    }

    /// The height of an end of an edge.
    fn port(&self, port: Port, edge: usize, is_head: bool) -> f64 {
        let ends = &self.ports[&port];
        let at = ends.iter().position(|end| *end == (edge, is_head));
        let place = self.places.nodes[port.0];
        let at = at.unwrap_or(0) as f64 - ((ends.len() - 1) / 2) as f64;
        // All of a row are as high, and no end at a right side is as high as one at a left: their
        // arrows would run into one another in the alley between.
        let side = if port.1 { -PORTS / 4.0 } else { PORTS / 4.0 };
        place.y + place.height / 2.0 + PORTS * at + side
    }

    fn level(&self, way: &Way) -> Option<f64> {
        let (alley, track) = way.level?;
        Some(self.places.alleys[alley] + ALLEY / 2.0 + TRACKS * track as f64)
    }

    fn uprights(&self) -> Vec<Upright> {
        let mut uprights = Vec::new();
        for (edge, way) in self.ways.iter().enumerate() {
            let Some(tail) = way.tail else { continue };
            let (from, to) = (
                self.port(tail, edge, false),
                self.port(way.head, edge, true),
            );
            let level = self.level(way);
            let mut add = |alley, from: f64, to: f64, labelled| {
                let middle = f64::midpoint(from, to);
                // A label may be higher than its part of the arrow.
                let half = if labelled { LABEL / 2.0 + 1.0 } else { 0.0 };
                uprights.push(Upright {
                    alley,
                    from: from.min(to).min(middle - half),
                    to: from.max(to).max(middle + half),
                    edge,
                    labelled,
                });
            };
            add(way.alley, level.unwrap_or(from), to, true);
            if let (Some(far), Some(level)) = (way.far, level) {
                add(far, from, level, false);
            }
        }
        uprights
    }

    /// The track of each, so that none meets another; and the tracks' widths in each alley.
    fn tracks(&self, uprights: &[Upright]) -> (Vec<usize>, Vec<Vec<f64>>) {
        let mut order: Vec<usize> = (0..uprights.len()).collect();
        order.sort_by(|a, b| uprights[*a].from.total_cmp(&uprights[*b].from));
        let mut ends: Vec<Vec<f64>> = vec![Vec::new(); self.names.len() + 1];
        let mut widths: Vec<Vec<f64>> = ends.iter().map(|_| Vec::new()).collect();
        let mut tracks = vec![0; uprights.len()];
        for at in order {
            let upright = &uprights[at];
            let (ends, widths) = (&mut ends[upright.alley], &mut widths[upright.alley]);
            let free = ends.iter().position(|end| *end + 4.0 < upright.from);
            let track = free.unwrap_or_else(|| {
                ends.push(0.0);
                widths.push(0.0);
                ends.len() - 1
            });
            ends[track] = upright.to;
            let width = match upright.labelled {
                true => width_of(&label(&self.edges[upright.edge]), SMALL) + 5.0,
                false => 10.0,
            };
            widths[track] = widths[track].max(width);
            tracks[at] = track;
        }
        (tracks, widths)
    }

    /// The columns' middles, where the tracks of each alley begin, and the width of all.
    fn widths(&mut self, tracks: &[Vec<f64>]) -> (Vec<f64>, Vec<f64>, f64) {
        let (mut columns, mut alleys) = (Vec::new(), Vec::new());
        let mut x = 0.0;
        for (column, tracks) in tracks.iter().enumerate() {
            // Beside the column to the left, and beside the one to the right.
            let ring = |port: Port| match self.rings.contains_key(&port) {
                true => RING,
                false => EDGE,
            };
            x += match column {
                0 => 0.0,
                _ => ring((column - 1, true)),
            };
            alleys.push(x);
            x += tracks.iter().sum::<f64>();
            if column == self.names.len() {
                break;
            }
            x += ring((column, false));
            let own = self.nodes.iter().enumerate();
            let own = own.filter(|(_, node)| node.column == column);
            let own: Vec<usize> = own.map(|(at, _)| at).collect();
            let nodes = own.iter().map(|at| self.places.nodes[*at].width);
            let width = nodes.fold(width_of(&self.names[column], LETTERS) + PAD, f64::max);
            // All of a column are as wide.
            for at in own {
                self.places.nodes[at].x = x;
                self.places.nodes[at].width = width;
            }
            columns.push(x + width / 2.0);
            x += width;
        }
        (columns, alleys, x)
    }

    fn wire(&self, edge: usize, uprights: &[(usize, f64)]) -> Wire {
        let way = &self.ways[edge];
        let side = |(node, right): Port| {
            let place = self.places.nodes[node];
            if right {
                place.x + place.width
            } else {
                place.x
            }
        };
        let (end, y) = (side(way.head), self.port(way.head, edge, true));
        let Some(tail) = way.tail else {
            let away = if way.head.1 { 1.0 } else { -1.0 };
            return Wire {
                points: vec![(end + away * (RING - 6.0), y), (end, y)],
                label: (end + away * (RING - 18.0), y - LABEL / 2.0 - 5.0),
            };
        };
        let (begin, from) = (side(tail), self.port(tail, edge, false));
        let near = uprights[0].1;
        let mut points = vec![(begin, from)];
        match (self.level(way), uprights.get(1)) {
            (Some(level), Some((_, far))) => {
                points.extend([(*far, from), (*far, level), (near, level), (near, y)]);
            }
            _ => points.extend([(near, from), (near, y)]),
        }
        points.push((end, y));
        Wire {
            points,
            label: (near, y),
        }
    }

    /// Where on its upright a label hides no other arrow, if there is such a place.
    fn clear(&self, upright: &Upright, x: f64, wires: &[Wire]) -> f64 {
        let middle = f64::midpoint(upright.from, upright.to);
        let room = ((upright.to - upright.from - LABEL) / 2.0).max(0.0);
        let hidden = |y: f64| {
            let others = wires.iter().enumerate();
            let others = others.filter(|(edge, _)| *edge != upright.edge);
            let parts = others.flat_map(|(_, wire)| wire.points.windows(2));
            let level = parts.filter(|part| part[0].1 == part[1].1);
            level
                .filter(|part| {
                    let (left, right) = (part[0].0.min(part[1].0), part[0].0.max(part[1].0));
                    left < x && x < right && (part[0].1 - y).abs() < LABEL / 2.0 + 1.0
                })
                .count()
        };
        let steps = (room / 3.0) as i32;
        let candidates = (0..=steps).flat_map(|step| [step, -step]);
        let candidates = candidates.map(|step| middle + 3.0 * f64::from(step));
        let best = candidates.min_by_key(|y| hidden(*y));
        best.unwrap_or(middle)
    }
}

/// The names of an edge's relations.
pub(super) fn label(edge: &Edge) -> String {
    let names: Vec<_> = edge
        .relations
        .iter()
        .map(|relation| relation.name())
        .collect();
    names.join(" ")
}
