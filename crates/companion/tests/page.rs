//! The built page is served, with the companion's tag in it, and nothing beside it is.
#![allow(clippy::unwrap_used)]

#[path = "support/client.rs"]
mod client;

use std::fs;
use std::path::PathBuf;

use client::{ask, companion, status, text};

/// A page's folder inside a folder with a secret.
fn folder(name: &str) -> PathBuf {
    let outside = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&outside);
    let page = outside.join("dist");
    fs::create_dir_all(page.join("sub")).unwrap();
    fs::write(outside.join("secret.txt"), "secret").unwrap();
    fs::write(page.join(".hidden"), "secret").unwrap();
    fs::write(page.join("index.html"), "<!doctype html><html><head><title>Duplex</title></head></html>")
        .unwrap();
    for file in ["app.js", "app_bg.wasm", "style.css", "sub/x.svg", "data.bin"] {
        fs::write(page.join(file), file).unwrap();
    }
    page
}

#[tokio::test]
async fn files_have_their_media_type() {
    let page = folder("types");
    let running = companion(|config| config.page = Some(page)).await;
    let rows = [
        ("/app.js", "text/javascript; charset=utf-8"),
        ("/app_bg.wasm?v=1", "application/wasm"),
        ("/style.css", "text/css; charset=utf-8"),
        ("/sub/x.svg", "image/svg+xml"),
        ("/data.bin", "application/octet-stream"),
    ];
    for (target, expected) in rows {
        let answer = ask(running.address(), "GET", target, b"").await;
        assert_eq!(status(&answer), 200, "{target}");
        assert_eq!(answer.response().unwrap().fields.get("content-type"), Some(expected), "{target}");
        assert!(target.starts_with(&format!("/{}", text(&answer))), "{target}");
    }
    running.stop().await;
}

#[tokio::test]
async fn the_index_carries_the_tag() {
    let page = folder("tag");
    let running = companion(|config| config.page = Some(page)).await;
    let version = env!("CARGO_PKG_VERSION");
    let expected = format!(
        "<!doctype html><html><head><meta name=\"duplex-companion\" content=\"{version}\"><title>Duplex</title></head></html>"
    );
    for target in ["/", "/index.html", "/?a=b"] {
        let answer = ask(running.address(), "GET", target, b"").await;
        assert_eq!(text(&answer), expected, "{target}");
        assert_eq!(answer.response().unwrap().fields.get("content-type"), Some("text/html; charset=utf-8"));
    }
    let answer = ask(running.address(), "HEAD", "/", b"").await;
    assert_eq!((status(&answer), answer.content.len()), (200, 0));
    running.stop().await;
}

/// So that a page that was opened on this computer can tell others where it is.
#[tokio::test]
async fn a_page_on_the_network_says_where_it_is() {
    let page = folder("reachable");
    let running = companion(|config| {
        config.page = Some(page);
        config.bind = std::net::Ipv4Addr::UNSPECIFIED.into();
    })
    .await;
    let addresses: Vec<String> = running.reachable().iter().map(|at| format!("http://{at}/")).collect();
    let expected = format!("<meta name=\"duplex-reachable\" content=\"{}\">", addresses.join(" "));
    let found = text(&ask(running.address(), "GET", "/", b"").await);
    assert_eq!(found.contains(&expected), !addresses.is_empty(), "{found}");
    running.stop().await;
}

#[tokio::test]
async fn nothing_outside_the_folder_is_served() {
    let page = folder("outside");
    #[cfg(unix)]
    std::os::unix::fs::symlink(page.join("../secret.txt"), page.join("link.txt")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(page.join(".."), page.join("up")).unwrap();
    let running = companion(|config| config.page = Some(page)).await;
    for target in [
        "/../secret.txt",
        "/up/secret.txt",
        "/up/dist/index.html/../../secret.txt",
        "/.%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/%252e%252e/secret.txt",
        "/sub%2f..%2f..%2fsecret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "/..%5c..%5csecret.txt",
        "/secret.txt%00.js",
        "/../secret.txt?x=/app.js",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/sub/../../secret.txt",
        "/..%5csecret.txt",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/link.txt",
        "/.hidden",
        "/sub",
        "/sub/",
        "/nothing",
        "/%00",
        "/%ff",
    ] {
        let answer = ask(running.address(), "GET", target, b"").await;
        assert_eq!(status(&answer), 404, "{target}: {}", text(&answer));
        assert!(!text(&answer).contains("secret"), "{target}");
    }
    let answer = ask(running.address(), "POST", "/app.js", b"").await;
    assert_eq!(status(&answer), 405);
    running.stop().await;
}

#[tokio::test]
async fn a_companion_without_a_page_says_so() {
    let running = companion(|_| {}).await;
    let answer = ask(running.address(), "GET", "/", b"").await;
    assert_eq!(
        (status(&answer), text(&answer).as_str()),
        (404, "There is no page in this companion: name the folder of a built one with --page.\n")
    );
    running.stop().await;
}
