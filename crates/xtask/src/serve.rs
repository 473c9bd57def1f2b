//! Serves the pages to this machine's browser.

use std::fs::File;
use std::path::{Component, Path, PathBuf};
use std::thread;

use anyhow::{Result, anyhow};
use tiny_http::{Header, Request, Response, Server};

/// A server at work in the background.
pub struct Serving {
    address: String,
}

impl Serving {
    /// Where the first page is.
    pub fn address(&self) -> &str {
        &self.address
    }
}

/// Serves a folder on the loopback address.
pub fn start(folder: PathBuf, port: u16) -> Result<Serving> {
    let server = Server::http(("127.0.0.1", port))
        .map_err(|error| anyhow!("can't serve on port {port}: {error}"))?;
    let address = format!("http://127.0.0.1:{port}/");
    println!("serving {address} (stop it with Ctrl-C)");
    thread::spawn(move || {
        for request in server.incoming_requests() {
            // A browser that went away has no use for the answer.
            let _ = answer(&folder, request);
        }
    });
    Ok(Serving { address })
}

/// Waits for good: the server works in the background until the process is stopped.
pub fn wait() -> Result<bool> {
    loop {
        thread::park();
    }
}

fn answer(folder: &Path, request: Request) -> std::io::Result<()> {
    let found = file(folder, request.url());
    let (path, status) = match found {
        Some(path) => (path, 200),
        None => (folder.join("404.html"), 404),
    };
    match File::open(&path) {
        Ok(file) => {
            let header = format!("Content-Type: {}", media_type(&path));
            let header: Header = header.parse().expect("a header in ASCII");
            request.respond(
                Response::from_file(file)
                    .with_status_code(status)
                    .with_header(header),
            )
        }
        Err(_) => request.respond(Response::from_string("no such page").with_status_code(404)),
    }
}

/// The file that a URL names, if it lies in the folder.
fn file(folder: &Path, url: &str) -> Option<PathBuf> {
    let path = url
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .trim_start_matches('/');
    let relative = Path::new(path);
    if !relative
        .components()
        .all(|part| matches!(part, Component::Normal(_)))
    {
        return None;
    }
    let mut full = folder.join(relative);
    if full.is_dir() {
        full.push("index.html");
    }
    full.is_file().then_some(full)
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|end| end.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_folder_are_served() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("a")).unwrap();
        std::fs::write(folder.path().join("a/index.html"), "").unwrap();
        assert!(file(folder.path(), "/a/index.html?x#y").is_some());
        assert!(file(folder.path(), "/a/").is_some());
        assert!(file(folder.path(), "/../Cargo.toml").is_none());
        assert!(file(folder.path(), "/a/../../x").is_none());
        assert!(file(folder.path(), "/b.html").is_none());
    }
}
