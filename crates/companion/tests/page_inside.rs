//! The page inside the program is served as one in a folder is: compressed beforehand, kept by browsers where
//! its names change with its content, and asked for again where they do not.
#![allow(clippy::unwrap_used)]

#[path = "support/client.rs"]
mod client;

use std::io::{Read, Write};
use std::path::PathBuf;

use client::{Client, companion, status, text};
use companion::{Inside, Running};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

const INDEX: &str = "<!doctype html><html><head><title>Duplex</title></head></html>";
const SCRIPT: &str = "duplex-11603f2935037e03.js";

/// What a build leaves behind, in small.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let script = b"say('hello');".repeat(40);
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&script).unwrap();
    vec![
        ("index.html", INDEX.into()),
        // The tags of the companion are not in it, so it is never sent.
        ("index.html.gz", b"stale".to_vec()),
        (SCRIPT, script),
        ("duplex-11603f2935037e03.js.gz", gzip.finish().unwrap()),
        ("duplex-11603f2935037e03_bg.wasm", b"\0asm".to_vec()),
        ("words/zh-Hans.po", b"msgid".to_vec()),
    ]
}

fn inside() -> Inside {
    let files = files().into_iter().map(|(name, octets)| (name, &*octets.leak()));
    Inside(files.collect::<Vec<_>>().leak())
}

/// Each test has its own, since they run at once.
fn folder(test: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("page_inside").join(test);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join("words")).unwrap();
    for (name, octets) in files() {
        std::fs::write(folder.join(name), octets).unwrap();
    }
    folder
}

async fn get(running: &Running, target: &str, fields: &[(&str, &str)]) -> wire::Unit {
    Client::connect(running.address()).await.ask("GET", target, fields, b"").await
}

fn field<'a>(answer: &'a wire::Unit, name: &str) -> Option<&'a str> {
    answer.response().unwrap().fields.get(name)
}

/// The one inside and the one in a folder, which take the same way.
async fn both(test: &str) -> [Running; 2] {
    [
        companion(|config| config.inside = inside()).await,
        companion(|config| config.page = Some(folder(test))).await,
    ]
}

#[tokio::test]
async fn what_each_file_is_sent_with() {
    for running in both("sent").await {
        let forever = Some("public, max-age=31536000, immutable");
        let rows = [
            ("/", "text/html; charset=utf-8", Some("no-cache"), None),
            ("/words/zh-Hans.po", "text/plain; charset=utf-8", Some("no-cache"), None),
            ("/duplex-11603f2935037e03_bg.wasm", "application/wasm", forever, None),
            (
                "/duplex-11603f2935037e03.js",
                "text/javascript; charset=utf-8",
                forever,
                Some("accept-encoding"),
            ),
        ];
        for (target, media_type, lifetime, vary) in rows {
            let answer = get(&running, target, &[]).await;
            assert_eq!(status(&answer), 200, "{target}");
            assert_eq!(field(&answer, "content-type"), Some(media_type), "{target}");
            assert_eq!(field(&answer, "cache-control"), lifetime, "{target}");
            assert_eq!(field(&answer, "vary"), vary, "{target}");
            assert_eq!(field(&answer, "content-encoding"), None, "{target}");
        }
        for target in ["/nothing", "/words", "/words/", "/../index.html", "/words/..%2findex.html"] {
            assert_eq!(status(&get(&running, target, &[]).await), 404, "{target}");
        }
        running.stop().await;
    }
}

#[tokio::test]
async fn what_was_compressed_beforehand_is_sent_to_whom_it_suits() {
    for running in both("compressed").await {
        let target = format!("/{SCRIPT}");
        let plain = get(&running, &target, &[("Accept-Encoding", "br, gzip;q=0")]).await;
        let short = get(&running, &target, &[("Accept-Encoding", "gzip, br")]).await;
        assert_eq!(field(&short, "content-encoding"), Some("gzip"));
        assert_eq!(field(&short, "content-type"), Some("text/javascript; charset=utf-8"));
        let mut inflated = Vec::new();
        GzDecoder::new(&short.content[..]).read_to_end(&mut inflated).unwrap();
        assert_eq!(inflated, plain.content);
        assert_ne!(field(&short, "etag"), field(&plain, "etag"), "two forms, two tags");
        let index = get(&running, "/", &[("Accept-Encoding", "gzip")]).await;
        assert!(text(&index).contains("duplex-companion"), "{}", text(&index));
        running.stop().await;
    }
}

#[tokio::test]
async fn what_a_browser_has_is_not_sent_again() {
    for running in both("known").await {
        for (target, accepted) in
            [("/", "gzip"), ("/words/zh-Hans.po", ""), ("/duplex-11603f2935037e03.js", "gzip")]
        {
            let accepted = ("Accept-Encoding", accepted);
            let first = get(&running, target, &[accepted]).await;
            let tag = field(&first, "etag").unwrap();
            let again = get(&running, target, &[accepted, ("If-None-Match", tag)]).await;
            assert_eq!((status(&again), again.content.len()), (304, 0), "{target}");
            assert_eq!(field(&again, "etag"), Some(tag), "{target}");
            let other = get(&running, target, &[accepted, ("If-None-Match", "\"other\"")]).await;
            assert_eq!((status(&other), &other.content), (200, &first.content), "{target}");
        }
        running.stop().await;
    }
}

/// `--page` is what somebody asked for, so it wins over what is inside.
#[tokio::test]
async fn a_folder_goes_before_what_is_inside() {
    let running = companion(|config| {
        config.page = Some(folder("before"));
        config.inside = Inside(&[("index.html", b"inside"), ("only-inside.txt", b"inside")]);
    })
    .await;
    assert!(text(&get(&running, "/", &[]).await).contains("<title>Duplex</title>"));
    assert_eq!(status(&get(&running, "/only-inside.txt", &[]).await), 404);
    running.stop().await;
}
