//! Jupyter notebooks: the source of each cell and each of its outputs as a
//! text of its own, escapes undone; the payloads of images left out; the rest
//! of the file as one more text. The format: nbformat.readthedocs.io,
//! "The Notebook file format"; version 3 kept its cells in `worksheets`.

use super::json::{self, Node};
use crate::model::{OffsetMap, Scope, Segment, Span, Text};

/// The texts of a notebook, or none when it is broken.
pub(super) fn texts(file: &[u8]) -> Option<Vec<Text<'static>>> {
    let root = json::parse(file)?;
    let mut taken = Taken { file, texts: Vec::new(), spans: Vec::new() };
    for (number, cell) in cells(file, &root)?.into_iter().enumerate() {
        taken.cell(number + 1, cell);
    }
    Some(taken.finish())
}

fn cells<'n>(file: &[u8], root: &'n Node) -> Option<Vec<&'n Node>> {
    if let Some(cells) = root.member(file, "cells") {
        return Some(cells.items().iter().collect());
    }
    let sheets = root.member(file, "worksheets")?.items().iter();
    Some(sheets.filter_map(|sheet| sheet.member(file, "cells")).flat_map(Node::items).collect())
}

/// What of the file has been made a text of its own, or left out.
struct Taken<'f> {
    file: &'f [u8],
    texts: Vec<Text<'static>>,
    spans: Vec<Span>,
}

impl Taken<'_> {
    fn cell(&mut self, cell: usize, node: &Node) {
        let mut source = Vec::new();
        for name in ["source", "input"] {
            source.extend(node.member(self.file, name).map(strings).unwrap_or_default());
        }
        self.text(Segment::Cell { cell, output: None }, &[source]);
        let outputs = node.member(self.file, "outputs").map(Node::items).unwrap_or_default();
        for (number, output) in outputs.iter().enumerate() {
            let parts = self.output(output);
            self.text(Segment::Cell { cell, output: Some(number + 1) }, &parts);
        }
        let attachments = node.member(self.file, "attachments").map(Node::members);
        for (_, attachment) in attachments.unwrap_or_default() {
            self.bundle(attachment);
        }
    }

    /// The strings of one output, a list for each of its parts.
    fn output(&mut self, node: &Node) -> Vec<Vec<Span>> {
        let mut parts = Vec::new();
        for (name, value) in node.members() {
            match name.of(self.file) {
                b"data" => parts.extend(self.bundle(value)),
                b"png" | b"jpeg" | b"pdf" => self.spans.extend(strings(value)),
                b"text" | b"traceback" | b"evalue" | b"html" | b"svg" | b"latex" | b"json"
                | b"javascript" => parts.push(strings(value)),
                _ => {}
            }
        }
        parts
    }

    /// The strings of a bundle by media type. Payloads that are no text are left out.
    fn bundle(&mut self, node: &Node) -> Vec<Vec<Span>> {
        let mut parts = Vec::new();
        for (media_type, value) in node.members() {
            if is_text(media_type.of(self.file)) {
                parts.push(strings(value));
            } else {
                self.spans.extend(strings(value));
            }
        }
        parts
    }

    /// One text of these parts, each a list of strings that belong together.
    fn text(&mut self, segment: Segment, parts: &[Vec<Span>]) {
        let (mut bytes, mut pieces) = (Vec::new(), Vec::new());
        for part in parts.iter().filter(|part| !part.is_empty()) {
            for &string in part {
                json::unescape(self.file, string, &mut bytes, &mut pieces);
            }
            bytes.push(b'\n');
            self.spans.extend(part);
        }
        if bytes.iter().any(|b| !b.is_ascii_whitespace()) {
            let map = OffsetMap::Pieces(pieces);
            self.texts.push(Text { bytes: bytes.into(), segment, map, scope: Scope::Everything });
        }
    }

    /// The texts, and one of everything that was not taken.
    fn finish(mut self) -> Vec<Text<'static>> {
        self.spans.sort_unstable();
        let (mut bytes, mut pieces) = (Vec::new(), Vec::new());
        let mut at = 0;
        for &span in self.spans.iter().chain([&Span::new(self.file.len(), self.file.len())]) {
            if span.start > at {
                pieces.push((bytes.len(), at));
                bytes.extend_from_slice(&self.file[at..span.start]);
            }
            at = at.max(span.end);
        }
        let map = OffsetMap::Pieces(pieces);
        self.texts.push(Text { map, ..Text::body(bytes) });
        self.texts
    }
}

/// A string, or a list of strings that are one text, as nbformat writes them.
fn strings(node: &Node) -> Vec<Span> {
    let string = |node: &Node| match node {
        Node::String(span) => Some(*span),
        Node::Array(_) | Node::Object(_) | Node::Other => None,
    };
    match node {
        Node::Array(items) => items.iter().filter_map(string).collect(),
        Node::String(_) | Node::Object(_) | Node::Other => string(node).into_iter().collect(),
    }
}

fn is_text(media_type: &[u8]) -> bool {
    const BINARY: [&[u8]; 6] = [
        b"image/",
        b"audio/",
        b"video/",
        b"font/",
        b"application/pdf",
        b"application/octet-stream",
    ];
    media_type == b"image/svg+xml" || !BINARY.iter().any(|binary| media_type.starts_with(binary))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTEBOOK: &str = r##"{
 "cells": [
  {"cell_type": "markdown", "metadata": {}, "source": ["# one\n", "two \"é\""],
   "attachments": {"a.png": {"image/png": "iVBORw0KATTACHED"}}},
  {"cell_type": "code", "source": "x = 'a\\nb'\ny = 2", "metadata": {"tag": "kept"},
   "outputs": [
    {"output_type": "stream", "name": "stdout", "text": ["first\n", "key = abc\n"]},
    {"output_type": "display_data", "metadata": {},
     "data": {"image/png": "iVBORw0KPAYLOAD", "text/plain": ["<Figure>"], "application/json": {"deep": "object"}}},
    {"output_type": "error", "ename": "E", "evalue": "went wrong", "traceback": ["at\tline"]}
   ]}
 ],
 "metadata": {"api": "elsewhere"}, "nbformat": 4
}"##;

    fn of(texts: &[Text<'_>], name: &str) -> String {
        let text = texts.iter().find(|text| text.segment.to_string() == name);
        String::from_utf8(text.unwrap_or_else(|| panic!("no {name}")).bytes.to_vec()).unwrap()
    }

    #[test]
    fn cells_and_outputs_are_texts_with_their_names() {
        let texts = texts(NOTEBOOK.as_bytes()).unwrap();
        assert_eq!(of(&texts, "cell 1"), "# one\ntwo \"é\"\n");
        assert_eq!(of(&texts, "cell 2"), "x = 'a\\nb'\ny = 2\n");
        assert_eq!(of(&texts, "cell 2, output 1"), "first\nkey = abc\n\n");
        assert_eq!(of(&texts, "cell 2, output 2"), "<Figure>\n");
        assert_eq!(of(&texts, "cell 2, output 3"), "went wrong\nat\tline\n");
    }

    #[test]
    fn the_rest_is_there_once_and_no_image() {
        let texts = texts(NOTEBOOK.as_bytes()).unwrap();
        let rest = of(&texts, "file");
        for kept in ["elsewhere", "kept", "deep", "stdout"] {
            assert!(rest.contains(kept), "{kept} in {rest}");
        }
        for gone in ["one", "went wrong", "abc", "Figure"] {
            assert!(!rest.contains(gone), "{gone} in {rest}");
        }
        let all: Vec<u8> = texts.iter().flat_map(|text| text.bytes.to_vec()).collect();
        assert!(!String::from_utf8(all).unwrap().contains("iVBORw0K"));
    }

    #[test]
    fn places_lead_back_to_the_file() {
        for (name, word) in [
            ("cell 1", "é"),
            ("cell 2", "2"),
            ("cell 2, output 1", "abc"),
            ("cell 2, output 3", "line"),
            ("file", "elsewhere"),
        ] {
            let texts = texts(NOTEBOOK.as_bytes()).unwrap();
            let text = texts.iter().find(|text| text.segment.to_string() == name).unwrap();
            let at = memchr::memmem::rfind(&text.bytes, word.as_bytes()).unwrap();
            let back = text.map.back(Span::new(at, at + word.len()));
            assert_eq!(back.of(NOTEBOOK.as_bytes()), word.as_bytes(), "{name}");
            let empty = text.map.back(Span::new(at, at));
            assert_eq!(empty, Span::new(back.start, back.start), "{name}");
        }
    }

    #[test]
    fn version_3_keeps_its_cells_in_worksheets() {
        let file = br#"{"worksheets": [{"cells": [{"input": ["a = 1"], "outputs": [{"text": "out", "png": "iVBO"}]}]}]}"#;
        let texts = texts(file).unwrap();
        assert_eq!(of(&texts, "cell 1"), "a = 1\n");
        assert_eq!(of(&texts, "cell 1, output 1"), "out\n");
        assert!(!of(&texts, "file").contains("iVBO"));
    }

    #[test]
    fn a_broken_notebook_is_none() {
        assert!(texts(b"{\"cells\": [").is_none());
        assert!(texts(b"{\"no\": \"cells\"}").is_none());
        assert!(texts(b"").is_none());
    }
}
