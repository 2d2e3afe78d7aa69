//! A QR code for a terminal.

use qrcodegen::{QrCode, QrCodeEcc};

/// `text` as a QR code of half blocks, two rows of it in each line; `None` if it is too long for one.
///
/// Light modules are drawn and dark ones left out, as it looks right on a dark terminal; a camera
/// reads the negative of a light one too.
pub fn qr(text: &str) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let edges = -QUIET..code.size() + QUIET;
    let light = |x, y| !code.get_module(x, y);
    let mut lines = String::new();
    for y in edges.clone().step_by(2) {
        for x in edges.clone() {
            // The row below the last one is not part of the code.
            let lower = light(x, y + 1) && y + 1 < edges.end;
            lines.push(match (light(x, y), lower) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            });
        }
        lines.push('\n');
    }
    Some(lines)
}

/// The margin that ISO/IEC 18004 asks for, in modules.
const QUIET: i32 = 4;

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads the code as a camera would, with another library.
    fn check(text: &str) {
        let drawn: Vec<Vec<char>> =
            qr(text).expect("short").lines().map(|line| line.chars().collect()).collect();
        let (width, height) = (drawn[0].len() * SCALE, drawn.len() * 2 * SCALE);
        let grey = |x: usize, y: usize| {
            let (upper, lower) = match drawn[y / SCALE / 2][x / SCALE] {
                '█' => (255, 255),
                '▀' => (255, 0),
                '▄' => (0, 255),
                _ => (0, 0),
            };
            if (y / SCALE).is_multiple_of(2) { upper } else { lower }
        };
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, grey);
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1, "{text}");
        assert_eq!(grids[0].decode().expect("readable").1, text);
    }

    const SCALE: usize = 4;

    #[test]
    fn another_program_reads_them() {
        check("http://192.168.1.5:9080/");
        check("http://[2001:db8:1234:5678:9abc:def0:1234:5678]:65535/");
        assert_eq!(qr(&"x".repeat(3000)), None);
    }
}
