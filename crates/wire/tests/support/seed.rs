//! Cases as inputs of the fuzz targets, in the form that each target in `fuzz/src` takes.
#![allow(dead_code, reason = "each test takes what it needs")]

use std::{fs, path::Path};

use wire::Sender;

use crate::case::{Burst, Case};

/// Its file's name and its octets.
pub(crate) type Seed = (String, Vec<u8>);

/// Each direction by itself, as `fuzz/src/frames.rs` takes it.
pub(crate) fn frames(case: &Case) -> Vec<Seed> {
    directions(case, if case.deflate { 2 } else { 0 })
}

/// Each direction by itself, as `fuzz/src/heads.rs` takes it.
pub(crate) fn heads(case: &Case) -> Vec<Seed> {
    directions(case, 0)
}

/// The payloads of compressed frames, as `fuzz/src/deflate.rs` takes them.
pub(crate) fn deflate(case: &Case) -> Vec<Seed> {
    let payloads = directions(case, 0).into_iter().filter(|(_, input)| input.len() > 4);
    payloads.map(|(name, input)| (name, [&[0, SPLIT, 9], &input[4..]].concat())).collect()
}

/// The connection, as `fuzz/src/dissector.rs` takes it.
pub(crate) fn dissector(case: &Case) -> Vec<Seed> {
    let mut input = vec![SPLIT];
    for burst in &case.bursts {
        let (sender, ends, octets) = match burst {
            Burst::Sends(sender, octets) => (*sender, false, octets.as_slice()),
            Burst::Ends(sender) => (*sender, true, &[][..]),
        };
        let flags = if sender == Sender::Server { 0x80 } else { 0 } | if ends { 0x40 } else { 0 };
        let [high, low] = (octets.len() as u16).to_be_bytes();
        input.extend([flags | high, low]);
        input.extend(octets);
    }
    vec![(slug(&case.title), input)]
}

/// Every seed is a file of the corpus.
#[track_caller]
pub(crate) fn check(target: &str, seeds: Vec<Seed>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    for (name, octets) in seeds.into_iter().filter(|(_, octets)| octets.len() <= LONGEST) {
        let file = folder.join(name);
        if std::env::var_os("UPDATE_GOLDENS").is_some() {
            fs::create_dir_all(&folder).expect("the corpus has a folder");
            fs::write(&file, &octets).expect("a seed can be written");
        }
        let seed = fs::read(&file).unwrap_or_default();
        assert!(seed == octets, "{} is not the case: run again with UPDATE_GOLDENS=1", file.display());
    }
}

fn directions(case: &Case, mode: u8) -> Vec<Seed> {
    let of = |wanted: Sender| -> Vec<u8> {
        let sent = case.bursts.iter().filter_map(|burst| match burst {
            Burst::Sends(sender, octets) if *sender == wanted => Some(octets.as_slice()),
            _ => None,
        });
        sent.collect::<Vec<_>>().concat()
    };
    [(Sender::Client, "client", 0), (Sender::Server, "server", 1)]
        .into_iter()
        .map(|(sender, name, bit)| (name, bit, of(sender)))
        .filter(|(.., octets)| !octets.is_empty())
        .map(|(name, bit, octets)| {
            (format!("{}-{name}", slug(&case.title)), [&[mode | bit, SPLIT], octets.as_slice()].concat())
        })
        .collect()
}

/// A title as the name of a file.
fn slug(title: &str) -> String {
    let words = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_lowercase()
}

/// How a seed says that its stream is cut; any number above 1 will do.
const SPLIT: u8 = 7;
/// A fuzzer does better with short inputs.
const LONGEST: usize = 1024;
