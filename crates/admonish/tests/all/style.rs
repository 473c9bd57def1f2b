//! The stylesheet: legible in each of mdBook's themes, and used by this book.

use std::path::PathBuf;

/// A variable and its colour.
type Color = (&'static str, &'static str);

/// What mdBook 0.5.4's css/variables.css sets: background, text, and the three
/// colours that the stylesheet takes.
const THEMES: [(&str, &str, [Color; 4]); 5] = [
    (
        "light",
        "hsl(0, 0%, 100%)",
        [
            ("--fg", "hsl(0, 0%, 0%)"),
            ("--blockquote-note-color", "#0969da"),
            ("--blockquote-tip-color", "#008000"),
            ("--blockquote-warning-color", "#9a6700"),
        ],
    ),
    (
        "rust",
        "hsl(60, 9%, 87%)",
        [
            ("--fg", "#262625"),
            ("--blockquote-note-color", "#023b95"),
            ("--blockquote-tip-color", "#007700"),
            ("--blockquote-warning-color", "#603700"),
        ],
    ),
    (
        "coal",
        "hsl(200, 7%, 8%)",
        [
            ("--fg", "#98a3ad"),
            ("--blockquote-note-color", "#4493f8"),
            ("--blockquote-tip-color", "#08ae08"),
            ("--blockquote-warning-color", "#d29922"),
        ],
    ),
    (
        "navy",
        "hsl(226, 23%, 11%)",
        [
            ("--fg", "#bcbdd0"),
            ("--blockquote-note-color", "#4493f8"),
            ("--blockquote-tip-color", "#09ca09"),
            ("--blockquote-warning-color", "#d29922"),
        ],
    ),
    (
        "ayu",
        "hsl(210, 25%, 8%)",
        [
            ("--fg", "#c5c5c5"),
            ("--blockquote-note-color", "#74b9ff"),
            ("--blockquote-tip-color", "#09ca09"),
            ("--blockquote-warning-color", "#f0b72f"),
        ],
    ),
];

/// Red, green and blue, each from 0 to 1.
fn rgb(color: &str) -> [f64; 3] {
    if let Some(hex) = color.strip_prefix('#') {
        return [0, 2, 4].map(|at| {
            f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("two hex digits")) / 255.0
        });
    }
    let inner = color.trim_start_matches("hsl(").trim_end_matches(')');
    let numbers: Vec<f64> = inner
        .split(", ")
        .map(|number| number.trim_end_matches('%').parse().expect("a number"))
        .collect();
    let [hue, saturation, lightness] = numbers[..] else {
        panic!("{color} is no colour")
    };
    let (saturation, lightness) = (saturation / 100.0, lightness / 100.0);
    // The conversion of CSS Color 4, section 7.1.
    [0.0, 8.0, 4.0].map(|n| {
        let k = (n + hue / 30.0) % 12.0;
        let a = saturation * lightness.min(1.0 - lightness);
        lightness - a * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0)
    })
}

/// The contrast ratio of WCAG 2.2.
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let luminance = |color: [f64; 3]| {
        let linear = color.map(|c: f64| {
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    };
    let (a, b): (f64, f64) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn the_measure_of_contrast_is_right() {
    let ratio = |one, other| contrast(rgb(one), rgb(other));
    assert!((ratio("#000000", "#ffffff") - 21.0).abs() < 0.01);
    assert!((ratio("#767676", "#ffffff") - 4.54).abs() < 0.01);
    assert!((ratio("hsl(0, 100%, 50%)", "#ff0000") - 1.0).abs() < 0.001);
}

#[test]
fn every_colour_is_legible_in_every_theme() {
    for (theme, background, colors) in THEMES {
        let [(_, text), kinds @ ..] = colors;
        let ratio = contrast(rgb(text), rgb(background));
        assert!(ratio >= 4.5, "{theme}: the text has {ratio:.2}");
        for (name, color) in kinds {
            let share = share_of(name);
            let mixed: Vec<f64> = std::iter::zip(rgb(color), rgb(text))
                .map(|(color, text)| color * share + text * (1.0 - share))
                .collect();
            let ratio = contrast([mixed[0], mixed[1], mixed[2]], rgb(background));
            assert!(ratio >= 4.5, "{theme}: {name} has {ratio:.2}");
        }
    }
    // Unmixed, one would be too faint.
    assert!(contrast(rgb("#007700"), rgb("hsl(60, 9%, 87%)")) < 4.5);
}

/// How much of a kind's colour the stylesheet mixes with the text's.
fn share_of(name: &str) -> f64 {
    let mix = format!("color-mix(in srgb, var({name}, var(--fg)) ");
    let (_, rest) = admonish::CSS.split_once(&mix).expect("a mix");
    let (percent, rest) = rest.split_once('%').expect("per cent");
    assert!(rest.starts_with(", var(--fg));"));
    percent.parse::<f64>().expect("a number") / 100.0
}

#[test]
fn no_other_colours_are_used() {
    let known = THEMES[0].2.map(|(name, _)| name);
    for used in admonish::CSS.split("var(").skip(1) {
        let name = used.split([',', ')']).next().unwrap_or_default();
        let ours = ["--kind-color", "--kind-shape"].contains(&name);
        assert!(ours || known.contains(&name), "{name} isn't tried above");
    }
    let value = |line: &str| {
        line.split_once(": ")
            .map(|(_, value)| value.trim_end_matches(';').to_owned())
    };
    for line in admonish::CSS.lines() {
        let name = line.trim().split(':').next().unwrap_or_default();
        if !["color", "background-color", "--kind-color"].contains(&name) {
            assert!(
                !name.starts_with("background"),
                "the page's background stays: {line}"
            );
            continue;
        }
        let value = value(line).unwrap_or_default();
        let fine = value.starts_with("var(--")
            || value.starts_with("color-mix(in srgb, var(--")
            || ["currentcolor", "CanvasText"].contains(&value.as_str());
        assert!(fine, "{line}");
    }
}

#[test]
fn each_of_the_three_kinds_has_a_shape_of_its_own() {
    let shape = |start: &str| {
        let (_, rule) = admonish::CSS.split_once(start).expect("a rule");
        let (_, shape) = rule.split_once("--kind-shape: ").expect("a shape");
        shape.lines().next().expect("a line").to_owned()
    };
    let shapes = [
        ".admonition {",
        ".admonish-note {",
        ".admonish-warning {",
        ".admonish-tip {",
    ]
    .map(shape);
    for (number, shape) in shapes.iter().enumerate() {
        assert!(!shapes[..number].contains(shape));
        assert!(
            shape.starts_with("url(\"data:image/svg+xml,"),
            "no request to a host"
        );
    }
}

/// The book that this workspace holds.
fn workspace() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn this_book_has_the_stylesheet() {
    let theirs = std::fs::read_to_string(workspace().join("theme/admonish.css")).expect(
        "theme/admonish.css: write it by `cargo run -p admonish -- css > theme/admonish.css`",
    );
    assert!(
        theirs == admonish::CSS,
        "theme/admonish.css is old: `cargo run -p admonish -- css > theme/admonish.css`"
    );
}

/// What a `book.toml` lacks for boxes that look and are tested as documented.
fn lacking(book: &str) -> Vec<&'static str> {
    let book: toml::Table = book.parse().expect("TOML");
    let at = |path: &[&str]| {
        let table = toml::Value::Table(book.clone());
        path.iter()
            .try_fold(table, |value, name| value.get(name).cloned())
    };
    let lists = |path: &[&str], wanted: &str| {
        let list = at(path);
        let list = list.as_ref().and_then(toml::Value::as_array);
        list.is_some_and(|list| list.iter().any(|one| one.as_str() == Some(wanted)))
    };
    let says = |path: &[&str], wanted: &str| {
        at(path).as_ref().and_then(toml::Value::as_str) == Some(wanted)
    };
    let admonish = |name| ["preprocessor", "admonish", name];
    [
        (
            "the stylesheet",
            lists(&["output", "html", "additional-css"], "theme/admonish.css"),
        ),
        // Without these two mdBook takes a preprocessor that doesn't compile
        // for one that isn't meant, and goes on without it.
        ("renderers: html", lists(&admonish("renderers"), "html")),
        ("renderers: test", lists(&admonish("renderers"), "test")),
        ("after: links", lists(&admonish("after"), "links")),
        ("assets_version", at(&admonish("assets_version")).is_some()),
        ("on_failure", says(&admonish("on_failure"), "bail")),
        (
            "render_mode",
            says(
                &[
                    "preprocessor",
                    "admonish",
                    "renderer",
                    "test",
                    "render_mode",
                ],
                "strip",
            ),
        ),
    ]
    .into_iter()
    .filter_map(|(name, found)| (!found).then_some(name))
    .collect()
}

#[test]
fn this_book_lists_the_stylesheet_and_the_settings() {
    let book = std::fs::read_to_string(workspace().join("book.toml")).expect("book.toml");
    assert_eq!(lacking(&book), [""; 0]);
}

/// The configuration that the README shows.
fn recommended() -> String {
    let readme = include_str!("../../README.md");
    let (_, toml) = readme.split_once("```toml\n").expect("a block");
    toml.split_once("```").expect("its end").0.to_owned()
}

#[test]
fn the_readmes_configuration_lacks_nothing_and_any_line_less_is_noticed() {
    let book = recommended();
    assert_eq!(lacking(&book), [""; 0]);
    let settings = book
        .lines()
        .filter(|line| line.contains(" = ") && !line.starts_with("command"));
    assert_eq!(settings.clone().count(), 6);
    for line in settings {
        assert!(!lacking(&book.replace(line, "")).is_empty(), "{line}");
    }
}
