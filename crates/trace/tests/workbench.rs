//! What the visitor builds, pastes and breaks, down to the field that is to blame.
#![cfg(not(target_arch = "wasm32"))]

use proptest::prelude::*;
use trace::exhibit::{self, Dissection, Exhibit, Piece, Start};
use trace::fragment::{Link, Page};
use trace::workbench::accept::Machine;
use trace::workbench::broken::Case;
use trace::workbench::draft::Draft;
use trace::workbench::notation::hex;
use trace::workbench::paste::{Paste, ReadAs};
use trace::workbench::{Bench, Tool};
use wire::{Rule, Sender};

const HELLO: [u8; 7] = [0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f];

#[test]
fn any_notation_of_hello() {
    let check = |text: &str| assert_eq!(hex(text).as_deref(), Ok(&HELLO[..]), "{text}");
    check("81 05 48 65 6c 6c 6f");
    check("810548656c6c6f");
    check("81:05:48:65:6C:6C:6F");
    check("81-05-48-65-6c-6c-6f\n");
    check("0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f");
    check("\\x81\\x05\\x48\\x65\\x6c\\x6c\\x6f");
    check("\"\\x81\\x05\" \"\\x48\\x65\\x6c\\x6c\\x6f\"");
    check("81h 05h 48h 65h 6ch 6ch 6fh");
    check("81 05 # header\n48 65 6c 6c 6f // Hello");
    check("unsigned char frame[7] = {\n  0x81, 0x05, 0x48, 0x65,\n  0x6c, 0x6c, 0x6f,\n};");
    check("00000000  81 05 48 65 6c 6c 6f                              |..Hello|\n00000007");
    check("00000000: 8105 4865 6c6c 6f                        ..Hello");
    check("0000   81 05 48 65 6c 6c 6f                              ..Hello");
    assert_eq!(hex(""), Ok(Vec::new()));
}

#[test]
fn dumps_of_several_rows() {
    let octets: Vec<u8> = (0..40).map(|it| it * 5).collect();
    let row = |at: usize, row: &[u8]| {
        let digits: Vec<String> = row.iter().map(|octet| format!("{octet:02x}")).collect();
        let text: String =
            row.iter().map(|it| if it.is_ascii_graphic() { char::from(*it) } else { '.' }).collect();
        let (first, second) = digits.split_at(digits.len().min(8));
        format!("{at:08x}  {}  {}  |{text}|\n", first.join(" "), second.join(" "))
    };
    let dump: String = octets.chunks(16).enumerate().map(|(number, it)| row(number * 16, it)).collect();
    assert_eq!(hex(&dump), Ok(octets), "{dump}");
}

#[test]
fn nonsense_is_told_at_its_place() {
    let check = |text: &str, line: usize, column: usize, part: &str| {
        let nonsense = hex(text).expect_err(text);
        assert_eq!((nonsense.line, nonsense.column), (line, column), "{text}: {nonsense}");
        assert!(nonsense.why.contains(part), "{nonsense}");
    };
    check("81 05 zz", 1, 7, "“z” is no hexadecimal digit");
    check("81 05\n48 6", 2, 4, "“6” stands alone");
    check("hello", 1, 1, "“h” is no hexadecimal digit");
    check("81 ü", 1, 4, "“ü”");
    let paste = Paste { text: "> 81 05\n< 81 zz".to_owned(), ..Paste::default() };
    assert_eq!(paste.read().map_err(|it| (it.line, it.column)), Err((2, 4)));
}

/// One line for each unit: who, and what.
fn told(dissection: &Dissection) -> Vec<String> {
    dissection.exhibits.iter().map(|it| format!("{}: {}", it.unit.sender, it.title())).collect()
}

#[test]
fn pasted_texts_are_read_as_what_they_look_like() {
    let check = |text: &str, expect: &[&str]| {
        let paste = Paste { text: text.to_owned(), ..Paste::default() };
        assert_eq!(told(&paste.dissect().expect(text)), expect, "{text}");
    };
    check("81 05 48 65 6c 6c 6f", &["server: Text frame, “Hello”"]);
    check("81 85 37 fa 21 3d 7f 9f 4d 51 58", &["client: Text frame, “Hello”"]);
    check("88 02 03 e8", &["server: Close frame, 1000"]);
    check("GET /a HTTP/1.1\nHost: b\n", &["client: Request GET /a"]);
    check("GET /a HTTP/1.1\r\nHost: b\r\n\r\n", &["client: Request GET /a"]);
    check("HTTP/1.1 200 OK\nContent-Length: 2\n\nhi", &["server: Response 200 OK"]);
    check(
        "47 45 54 20 2f 20 48 54 54 50 2f 31 2e 31 0d 0a 48 6f 73 74 3a 20 61 0d 0a 0d 0a",
        &["client: Request GET /"],
    );
    check(
        "> GET / HTTP/1.1\n> Host: a\n>\n< HTTP/1.1 204 No Content\n<",
        &["client: Request GET /", "server: Response 204 No Content"],
    );
    check("", &[]);
    let frames = Paste { text: "01 02 48 65 80 03 6c 6c 6f".to_owned(), ..Paste::default() };
    let dissection = frames.dissect().expect("frames");
    let (message, parts) = dissection.message(1).expect("a message");
    assert_eq!((message.content.as_slice(), parts), (&b"Hello"[..], vec![0, 1]));
}

#[test]
fn files_are_taken_as_text_or_octet_by_octet() {
    let check = |octets: &[u8], expect: &str| assert_eq!(Paste::file(octets), Ok(expect.to_owned()));
    check(b"81 05 48", "81 05 48");
    check(b"GET / HTTP/1.1\nHost: a\n\n", "GET / HTTP/1.1\nHost: a\n\n");
    check(b"Hi", "48 69");
    check(&[0x81, 0x01, 0xff], "81 01 ff");
    assert!(Paste::file(&vec![0; 300_000]).is_err_and(|why| why.said().contains("262,144")));
}

/// The examples of RFC 6455 section 5.7 and RFC 7692 section 7.2.3.1, built rather than typed.
#[test]
fn built_frames_are_those_of_the_rfcs() {
    let check = |draft: Draft, expect: &str| {
        let octets = draft.build().expect("octets").octets;
        assert_eq!(octets, hex(expect).expect(expect), "{draft:?}");
    };
    let server = Draft { sender: Sender::Server, masked: false, ..Draft::default() };
    check(Draft::default(), "81 85 37 fa 21 3d 7f 9f 4d 51 58");
    check(server.clone(), "81 05 48 65 6c 6c 6f");
    check(Draft { fragment: 3, ..server.clone() }, "01 03 48 65 6c 80 02 6c 6f");
    check(Draft { opcode: 9, ..server.clone() }, "89 05 48 65 6c 6c 6f");
    check(Draft { opcode: 10, ..Draft::default() }, "8a 85 37 fa 21 3d 7f 9f 4d 51 58");
    check(Draft { deflate: true, ..server.clone() }, "c1 07 f2 48 cd c9 c9 07 00");
    check(Draft { deflate: true, fragment: 3, ..server.clone() }, "41 03 f2 48 cd 00 03 c9 c9 07 80 01 00");
    check(Draft { payload: "03 e8".to_owned(), hex: true, opcode: 8, ..server }, "88 02 03 e8");
}

#[test]
fn what_cannot_be_built_is_refused_with_a_word() {
    let check = |draft: Draft, part: &str| {
        let why = draft.build().expect_err(part).to_string();
        assert!(why.contains(part), "{why}");
    };
    let draft = Draft::default;
    check(Draft { key: "37 fa".to_owned(), ..draft() }, "four octets");
    check(Draft { payload: "x".to_owned(), hex: true, ..draft() }, "“x” is no hexadecimal digit");
    check(Draft { payload: "x".repeat(80_000), ..draft() }, "70000");
    check(Draft { payload: "x".repeat(500), fragment: 1, ..draft() }, "larger fragments");
}

#[test]
fn the_machine_shows_each_step() {
    let steps = Machine::default().steps().expect("steps");
    assert_eq!(steps.accept, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    assert_eq!(steps.digest, "b3 7a 4f 2c c0 62 4f 16 90 f6 46 06 cf 38 59 45 b2 be c4 ea");
    assert_eq!(steps.verdict, Ok(()));
    let check = |machine: Machine, verdict: Result<(), Rule>| {
        assert_eq!(machine.steps().map(|it| it.verdict), Ok(verdict), "{machine:?}");
        let trouble = machine.dissect().expect("heads").trouble.map(|it| it.violation.rule);
        assert_eq!(trouble, verdict.err());
    };
    let machine = Machine::default;
    check(machine(), Ok(()));
    check(machine().broken(), Err(Rule::AcceptWrong));
    check(Machine { guid: "258EAFA5".to_owned(), ..machine() }, Err(Rule::AcceptWrong));
    check(Machine { digest: Some("00".repeat(20)), ..machine() }, Err(Rule::AcceptWrong));
    assert!(Machine { digest: Some("00".to_owned()), ..machine() }.steps().is_err());
    assert!(Machine { key: "a\nb".to_owned(), ..machine() }.pieces().is_err());
}

/// Each case breaks the rule that its name speaks of, on a field that the inspector can show.
/// A server that switches all the same is not the first to blame.
#[test]
fn a_request_that_breaks_a_rule_is_blamed_before_its_answer() {
    let check = |key: &str, rule: Rule| {
        let machine = Machine { key: key.to_owned(), ..Machine::default() };
        let dissection = machine.dissect().expect("octets");
        let trouble = dissection.trouble.as_ref().expect("a broken rule");
        assert_eq!((trouble.violation.rule, trouble.violation.sender), (rule, Sender::Client), "{key}");
        let exhibit = &dissection.exhibits[trouble.exhibit.expect("an exhibit")];
        let field = exhibit.culprit.map(|field| &*exhibit.fields[field].name);
        assert_eq!(field, Some("Sec-WebSocket-Key"), "{key}");
    };
    // RFC 6455 section 4.1 prints a key whose last letter has bits that base64 leaves unset.
    check("AQIDBAUGBwgJCgsMDQ4PEC==", Rule::KeyInvalid);
    check("c2hvcnQ=", Rule::KeyInvalid);
}

#[test]
fn every_broken_rule_has_its_culprit() {
    let check = |id: &str, rule: Rule, culprit: &str| {
        let dissection = Case::named(id).expect(id).dissect();
        let trouble =
            dissection.trouble.as_ref().unwrap_or_else(|| panic!("{id} breaks nothing: {dissection:?}"));
        assert_eq!(trouble.violation.rule, rule, "{id}");
        let exhibit = &dissection.exhibits[trouble.exhibit.expect(id)];
        let field = exhibit.culprit.map_or("", |field| &exhibit.fields[field].name);
        assert_eq!(field, culprit, "{id}: {:?}", exhibit.fields);
        // What a whole head breaks is told of the field, not of the head's end.
        let own = exhibit.culprit.map(|field| exhibit.fields[field].octets.clone());
        let head = exhibit.unit.frame().is_none();
        assert!(
            !head || own.is_some_and(|own| own.contains(&trouble.octet)),
            "{id}: octet {}",
            trouble.octet
        );
    };
    let rows = [
        ("unmasked-client", Rule::MaskMissing, "MASK"),
        ("masked-server", Rule::MaskForbidden, "MASK"),
        ("rsv1", Rule::RsvSet, "RSV1"),
        ("rsv3", Rule::RsvSet, "RSV3"),
        ("reserved-opcode", Rule::OpcodeReserved, "Opcode"),
        ("reserved-control", Rule::OpcodeReserved, "Opcode"),
        ("long-ping", Rule::ControlTooLong, "Payload length"),
        ("fragmented-ping", Rule::ControlFragmented, "FIN"),
        ("orphan", Rule::ContinuationUnexpected, "Opcode"),
        ("interrupted", Rule::ContinuationExpected, "Opcode"),
        ("utf8-split", Rule::TextNotUtf8, "Payload data"),
        ("utf8-unfinished", Rule::TextNotUtf8, "Payload data"),
        ("close-1005", Rule::CloseCodeForbidden, "Close code"),
        ("close-1006", Rule::CloseCodeForbidden, "Close code"),
        ("close-short", Rule::CloseBodyShort, "Close code"),
        ("close-reason", Rule::CloseReasonNotUtf8, "Close reason"),
        ("long-length", Rule::LengthNotMinimal, "Extended payload length"),
        ("longer-length", Rule::LengthNotMinimal, "Extended payload length"),
        ("top-bit", Rule::LengthTopBit, "Extended payload length"),
        ("after-close", Rule::DataAfterClose, "Opcode"),
        ("bad-deflate", Rule::InflateFailed, "Payload data"),
        ("rsv1-ping", Rule::RsvSet, "RSV1"),
        ("wrong-accept", Rule::AcceptWrong, "Sec-WebSocket-Accept"),
        ("no-accept", Rule::AcceptMissing, "Empty line"),
        ("no-upgrade", Rule::UpgradeMissing, "Empty line"),
        ("unasked-101", Rule::SwitchUnasked, "Status code"),
        ("subprotocol", Rule::SubprotocolNotOffered, "Sec-WebSocket-Protocol"),
        ("extension", Rule::ExtensionNotOffered, "Sec-WebSocket-Extensions"),
        ("extension-parameter", Rule::ExtensionParameter, "Sec-WebSocket-Extensions"),
        ("both-lengths", Rule::ContentLengthWithTransferEncoding, "Content-Length"),
        ("two-lengths", Rule::ContentLengthsDiffer, "Content-Length"),
        ("chunk-size", Rule::ChunkSize, "Content"),
        ("bare-cr", Rule::BareCr, "Head"),
        ("folded", Rule::ObsFold, "Field line"),
        ("space-before-colon", Rule::SpaceBeforeColon, "Field line"),
        ("no-host", Rule::HostMissing, "Empty line"),
        ("two-hosts", Rule::HostRepeated, "Host"),
    ];
    for (id, rule, culprit) in rows {
        check(id, rule, culprit);
    }
    let all: Vec<&str> = Case::all().map(|case| case.id).collect();
    assert_eq!(all, rows.map(|(id, ..)| id), "each case has its row");
}

#[test]
fn a_link_brings_the_workbench_back() {
    let bench = Bench::default;
    let benches = [
        bench(),
        Bench {
            tool: Tool::Paste,
            paste: Paste {
                text: "81 05 & ü\n> x".to_owned(),
                read_as: ReadAs::Frames,
                sender: Some(Sender::Server),
            },
            ..bench()
        },
        Bench { tool: Tool::Accept, machine: Machine::default().broken(), unit: Some(1), ..bench() },
        Bench { tool: Tool::Break, case: "top-bit", ..bench() },
        Bench {
            draft: Draft {
                sender: Sender::Server,
                opcode: 9,
                fin: false,
                rsv: [true, false, true],
                masked: false,
                key: "1 2".to_owned(),
                payload: "a=b&c".to_owned(),
                hex: true,
                fragment: 7,
                deflate: true,
            },
            ..bench()
        },
    ];
    for bench in benches {
        let link = Link { page: Page::Workbench(bench), field: Some(3), ..Link::default() };
        assert_eq!(Link::read(&link.write()), (link.clone(), Vec::new()), "{}", link.write());
    }
    let (link, complaints) = Link::read("view=workbench&tool=build&opcode=99&rsv=2");
    assert_eq!((complaints.len(), link.page), (2, Page::Workbench(Bench::default())));
}

fn tiles(exhibit: &Exhibit) -> bool {
    let mut next = 0;
    for span in &exhibit.fields {
        let begins = span.bits.as_ref().map_or(0, |bits| bits.start);
        if (span.octets.start, begins) != (next / 8, (next % 8) as u8) {
            return false;
        }
        next = span
            .bits
            .as_ref()
            .map_or(span.octets.end * 8, |bits| span.octets.start * 8 + usize::from(bits.end));
    }
    next == exhibit.unit.octets.len() * 8
}

proptest! {
    /// Whatever is pasted is either told to be nonsense or explained octet by octet, none twice and none lost.
    #[test]
    fn nothing_pasted_is_lost(pieces in prop::collection::vec((any::<bool>(), prop::collection::vec(any::<u8>(), 0..60)), 0..4), start in 0..3) {
        let start = [Start::Http, Start::Frames, Start::Deflated][start as usize];
        let side = |client: bool| if client { Sender::Client } else { Sender::Server };
        let pieces: Vec<Piece> = pieces.into_iter().map(|(client, octets)| Piece { sender: side(client), octets }).collect();
        let dissection = Dissection::of(&pieces, start);
        for exhibit in &dissection.exhibits {
            prop_assert!(tiles(exhibit), "{exhibit:?}");
            prop_assert!(exhibit.culprit.is_none_or(|field| field < exhibit.fields.len()));
        }
        for sender in [Sender::Client, Sender::Server] {
            let sent: Vec<u8> = pieces.iter().filter(|it| it.sender == sender).flat_map(|it| it.octets.clone()).collect();
            let shown: Vec<u8> = dissection.exhibits.iter().filter(|it| it.unit.sender == sender).flat_map(|it| it.unit.octets.clone()).collect();
            prop_assert!(sent.starts_with(&shown), "{shown:?} is not the start of {sent:?}");
            if dissection.trouble.is_none() && dissection.unfinished.is_none() {
                prop_assert_eq!(sent, shown);
            }
        }
    }

    #[test]
    fn any_text_can_be_pasted(text in "\\PC{0,80}") {
        let paste = Paste { text, ..Paste::default() };
        let _ = paste.dissect();
        let again = Paste::file(paste.text.as_bytes()).map(|text| Paste { text, ..Paste::default() }.read().is_ok());
        prop_assert_eq!(again, Ok(true), "what a file becomes can be read");
    }

    #[test]
    fn pieces_survive_as_text(pieces in prop::collection::vec((any::<bool>(), prop::collection::vec(any::<u8>(), 1..30)), 1..4)) {
        let side = |client: bool| if client { Sender::Client } else { Sender::Server };
        let pieces: Vec<Piece> = pieces.into_iter().map(|(client, octets)| Piece { sender: side(client), octets }).collect();
        let read = Paste::of(&pieces).read().expect("hexadecimal").pieces;
        let joined = |pieces: &[Piece], sender| pieces.iter().filter(|it| it.sender == sender).flat_map(|it| it.octets.clone()).collect::<Vec<u8>>();
        for sender in [Sender::Client, Sender::Server] {
            prop_assert_eq!(joined(&read, sender), joined(&pieces, sender));
        }
    }
}

/// What is copied says the same: a shell's own `printf` gives the payload back.
#[test]
fn what_is_copied_can_be_used() {
    let exhibit = |pieces: &Paste| Exhibit::clone(&pieces.dissect().expect("octets").exhibits[0]);
    let frame = |payload: &str| {
        let piece = Draft { payload: payload.to_owned(), ..Draft::default() }.build().expect("a frame");
        exhibit(&Paste::of(&[piece]))
    };
    let hello = frame("Hello");
    assert_eq!(exhibit::hex(&hello), "81 85 37 fa 21 3d 7f 9f 4d 51 58");
    assert_eq!(hex(&exhibit::c_array(&hello)), Ok(hello.unit.octets.clone()));
    for payload in ["Hello", "it's 100 % \\ \"x\" $HOME `id`", "é\u{1}\n", ""] {
        let line = exhibit::command(&frame(payload));
        let printf = line.split(" | websocat --text ").next().expect("a pipe");
        let out = std::process::Command::new("sh").args(["-c", printf]).output().expect("a shell");
        assert_eq!(out.stdout, payload.as_bytes(), "{line}");
    }
    let request = |text: &str| {
        let shown = exhibit(&Paste { text: text.to_owned(), ..Paste::default() });
        (exhibit::tool(&shown), exhibit::command(&shown))
    };
    assert_eq!(
        request("POST /a HTTP/1.1\nHost: h:1\nContent-Length: 2\nX-It: o'k\n\nhi"),
        (
            Some("curl"),
            r"printf 'hi' | curl --include --request 'POST' --header 'X-It: o'\''k' --data-binary @- 'http://h:1/a'"
                .to_owned()
        )
    );
    let upgrade = "GET /ws HTTP/1.1\nHost: h\nUpgrade: websocket\nConnection: Upgrade\nOrigin: o\n";
    assert_eq!(request(upgrade), (Some("websocat"), "websocat --header 'Origin: o' 'ws://h/ws'".to_owned()));
    assert_eq!(request("HTTP/1.1 204 No Content\n"), (None, String::new()));
}
