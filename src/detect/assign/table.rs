//! Tables: a column whose head names a secret, and what its rows hold. Tables of Markdown
//! and wikis, files of comma-separated values, and what `pg_dump` copies.

use bstr::ByteSlice as _;

use super::call;
use crate::detect::language::Language;
use crate::detect::text::line;
use crate::model::Span;

/// How far behind the head rows are read, and how many.
const REACH: usize = 4 << 10;
const MOST: usize = 32;
/// What stands between the heads of columns where boxes are drawn, and what between cells.
const BARS: [(&str, &str); 3] =
    [("\u{2502}", "\u{2502}"), ("\u{2503}", "\u{2502}"), ("\u{2551}", "\u{2551}")];
/// A head of a column is no longer.
const HEAD: usize = 32;

/// The cells below the name at `name`, if it heads a column.
pub(super) fn cells(text: &[u8], name: Span, language: Language) -> Vec<Span> {
    let next = text.get(name.end).copied().unwrap_or_default();
    if next == b'<' {
        return of_page(text, name).unwrap_or_default();
    }
    let may_head = match language {
        Language::Prose => b"|,;\t\"*` \r\n".contains(&next),
        Language::Code => matches!(next, b',' | b')'),
        Language::Json
        | Language::Shell
        | Language::Settings
        | Language::Yaml
        | Language::Markup
        | Language::Lock => false,
    };
    if !may_head {
        return Vec::new();
    }
    let before = line::before(text, name.start);
    if let Some(cell) = of_pair(text, name, before) {
        return vec![cell];
    }
    if language == Language::Code && !before.starts_with(b"COPY ") {
        return Vec::new();
    }
    let start = name.start - before.len();
    // A head that cannot be read from its beginning is none.
    let begins = start == 0 || matches!(text[start - 1], b'\n' | b'\r');
    let end = name.end + line::rest(text, name.end).len();
    let bar = BARS.iter().find(|(bar, _)| before.trim_ascii_start().starts_with(bar.as_bytes()));
    let is_drawn = bar.is_some() || matches!(before.trim_ascii_start().first(), Some(b'|' | b'!'));
    let is_underlined = text.get(end + 1).is_some_and(|b| b"=-".contains(b));
    let is_head = language == Language::Code || is_drawn || start == 0 || is_underlined;
    if !begins || !is_head {
        return Vec::new();
    }
    if !text.get(end).is_some_and(|b| matches!(b, b'\n' | b'\r')) {
        return Vec::new();
    }
    let head = Span::new(start, end);
    let found = if language == Language::Code {
        copied(text, head, name)
    } else if let Some(bars) = bar {
        Some(boxed(text, head, name, *bars))
    } else if is_drawn {
        markdown(text, head, name).or_else(|| of_wiki(text, head, name))
    } else {
        underlined(text, head, name)
            .or_else(|| (start == 0).then(|| separated(text, head, name))?)
    };
    found.unwrap_or_default()
}

/// `| User | Password |` above `|---|---|`.
fn markdown(text: &[u8], head: Span, name: Span) -> Option<Vec<Span>> {
    head.of(text).trim_ascii_start().starts_with(b"|").then_some(())?;
    let column = cell_at(text, head, name, b'|')?;
    let mut rows = rows(text, head.end);
    let rule = rows.next()?.of(text);
    let is_rule =
        rule.iter().any(|b| b"-=".contains(b)) && rule.iter().all(|b| b"|-=+: \t".contains(b));
    is_rule.then(|| {
        rows.take_while(|row| matches!(row.of(text).trim_ascii_start().first(), Some(b'|' | b'+')))
            .filter_map(|row| nth(text, row, b'|', column))
            .filter_map(|cell| inner(text, cell, b"`* \t"))
            .collect()
    })
}

/// `│ user │ password │`, drawn with the characters for boxes, and rows below it.
fn boxed(text: &[u8], head: Span, name: Span, (bar, below): (&str, &str)) -> Vec<Span> {
    let column = text[head.start..name.start].find_iter(bar).count();
    let cells = rows(text, head.end).filter_map(|row| {
        let mut bars = row.of(text).find_iter(below).skip(column - 1);
        let (from, to) = (bars.next()? + below.len(), bars.next()?);
        inner(text, Span::new(row.start + from, row.start + to), b" ")
    });
    cells.collect()
}

/// `|| User || Password ||` of Confluence, `! User !! Password` of `MediaWiki`, `|User
/// |Password` below `|===` of `AsciiDoc`, and the cells of the rows, on a line each or not.
fn of_wiki(text: &[u8], head: Span, name: Span) -> Option<Vec<Span>> {
    let line = head.of(text).trim_ascii_start();
    let mark = *line.first()?;
    let near = &text[head.start.saturating_sub(8)..head.start];
    let is_first = || near.trim_ascii_end().ends_with(b"|===");
    (mark == b'!' || line.starts_with(b"||") || is_first()).then_some(())?;
    let closes = usize::from(line.starts_with(b"||") && line.ends_with(b"||"));
    let columns = cells_of(head.of(text), mark).count() - closes;
    let before = text.get(head.start..name.start)?;
    let column = cells_of(before, mark).count().checked_sub(1)?;
    let is_lone = |line: &&[u8]| mark == b'!' && columns == 1 && line.starts_with(b"!");
    let above = &text[head.start.saturating_sub(REACH / 8)..head.start];
    let above = above.trim_ascii_end().rsplit(|&b| b == b'\n').take_while(is_lone).count();
    let below = rows(text, head.end).take_while(|row| is_lone(&row.of(text))).count();
    let (columns, column) = (columns + above + below, column + above);
    (columns > 1).then_some(())?;
    let rows = rows(text, head.end)
        .skip(below)
        .filter(|row| !row.is_empty() && row.of(text) != b"|-")
        .take_while(|row| row.of(text).starts_with(b"|") && row.of(text) != b"|===");
    let cells = rows.flat_map(|row| {
        let cells = cells_of(row.of(text), b'|').take(columns);
        cells.map(move |(from, to)| Span::new(row.start + from, row.start + to))
    });
    let cells = cells.enumerate().filter(|(number, _)| number % columns == column);
    Some(cells.filter_map(|(_, cell)| inner(text, cell, b"`*{} \t")).collect())
}

/// `<th>Password</th>` in the first row of a table of HTML.
fn of_page(text: &[u8], name: Span) -> Option<Vec<Span>> {
    text[name.end..].starts_with(b"</th>").then_some(())?;
    let head = &text[name.start.saturating_sub(REACH / 4)..name.start];
    let head = &head[memchr::memmem::rfind(head, b"<tr")?..];
    let column = memchr::memmem::find_iter(head, b"<th").count().checked_sub(1)?;
    let rest = &text[name.end..(name.end + REACH).min(text.len())];
    let table = &rest[..memchr::memmem::find(rest, b"</table").unwrap_or(rest.len())];
    let mut rows = memchr::memmem::find_iter(table, b"<tr").peekable();
    // A head beside its cell is none of a column.
    let is_head = !table[..*rows.peek()?].windows(3).any(|tag| tag == b"<td");
    let mut cells = Vec::new();
    while let Some(start) = rows.next().filter(|_| is_head) {
        let row = Span::new(start, rows.peek().copied().unwrap_or(table.len()));
        let cell = memchr::memmem::find_iter(row.of(table), b"<td").nth(column);
        let span = cell.map(|cell| Span::new(name.end + start + cell, name.end + row.end));
        cells.extend(span.and_then(|cell| word_of_cell(text, cell)));
    }
    Some(cells)
}

/// The one word between the tags that `cell` begins with and the next.
fn word_of_cell(text: &[u8], cell: Span) -> Option<Span> {
    let mut start = cell.start;
    while text.get(start) == Some(&b'<') && start < cell.end {
        start += memchr::memchr(b'>', &text[start..cell.end])? + 1;
        start += text[start..cell.end].iter().take_while(|b| b.is_ascii_whitespace()).count();
    }
    let end = start + memchr::memchr(b'<', &text[start..cell.end])?;
    inner(text, call::trimmed(text, Span::new(start, end)), b"\"`")
}

/// Where the cells of a row begin and end, behind a mark each.
fn cells_of(row: &[u8], mark: u8) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    let mut runs = row.chunk_by(move |a, b| (*a == mark) == (*b == mark)).map(move |run| {
        at += run.len();
        (run[0] == mark, at - run.len(), at)
    });
    std::iter::from_fn(move || {
        let (_, _, from) = runs.by_ref().find(|(is_mark, _, _)| *is_mark)?;
        Some((from, runs.next().map_or(from, |(_, _, to)| to)))
    })
}

/// `User  Password` above `====  ====` of reStructuredText, ` user | password ` above
/// `------+-----` of psql.
fn underlined(text: &[u8], head: Span, name: Span) -> Option<Vec<Span>> {
    let mut rows = rows(text, head.end);
    let rule = rows.next()?.of(text);
    let offset = name.start - head.start;
    let is_line = |b: &u8| b"=-".contains(b);
    (rule.len() > offset && rule.iter().all(|b| is_line(b) || b"+ ".contains(b))).then_some(())?;
    let gaps = rule.iter().enumerate().filter(|(_, b)| !is_line(b)).map(|(at, _)| at);
    let is_last = !gaps.clone().any(|gap| gap > offset);
    let from = gaps.clone().rfind(|gap| *gap <= offset).map_or(0, |gap| gap + 1);
    (from > 0 || !is_last).then_some(())?;
    let to = gaps.clone().find(|gap| *gap > offset);
    let cell = &head.of(text)[from..to.unwrap_or(head.len()).min(head.len())];
    (cell.trim_ascii().len() <= HEAD).then_some(())?;
    let rows = rows.take_while(|row| !row.of(text).starts_with(b"(") && !row.is_empty());
    Some(
        rows.filter_map(|row| {
            let to = to.unwrap_or(row.len()).min(row.len());
            (from < to)
                .then(|| inner(text, Span::new(row.start + from, row.start + to), b"`*| "))?
        })
        .collect(),
    )
}

/// `user,password` in the first line of a file, and rows of as many fields.
fn separated(text: &[u8], head: Span, name: Span) -> Option<Vec<Span>> {
    let is_plain = |b: &u8| b.is_ascii_alphanumeric() || b"_- ,;\t\"'./()\xef\xbb\xbf".contains(b);
    head.of(text).iter().all(is_plain).then_some(())?;
    let is_mark = |b: &&u8| b",;\t".contains(b);
    let behind = text[name.end..head.end].iter().find(is_mark);
    let beside = *behind.or_else(|| text[head.start..name.start].iter().rev().find(is_mark))?;
    let column = cell_at(text, head, name, beside)?;
    let count = fields(text, head, beside);
    (count > 1).then(|| {
        rows(text, head.end)
            .filter(|row| fields(text, *row, beside) == count)
            .filter_map(|row| nth(text, row, beside, column))
            .filter_map(|cell| inner(text, cell, b"\"' "))
            .collect()
    })
}

/// `password,…` below `name,value` in the first line of a file.
fn of_pair(text: &[u8], name: Span, before: &[u8]) -> Option<Span> {
    matches!(before, b"" | b"\"").then_some(())?;
    let rest = line::rest(text, name.end + before.len()).strip_prefix(b",")?;
    let head = text[..REACH.min(text.len())].split(|&b| b == b'\n').next()?.trim_ascii();
    let mut heads = head.split(|&b| b == b',').map(|head| head.trim_with(|c| c == '"'));
    let (_, second) = (heads.next()?, heads.next()?);
    let is_pair = second.eq_ignore_ascii_case(b"value") && heads.next().is_none();
    let start = name.end + before.len() + 1;
    let cell = Span::new(start, start + rest.trim_ascii_end().len());
    inner(text, cell, b"\"' ").filter(|_| is_pair && before.len() < name.start)
}

/// `COPY users (name, password) FROM stdin;`, and fields between tabs.
fn copied(text: &[u8], head: Span, name: Span) -> Option<Vec<Span>> {
    const FROM: &[u8] = b") FROM stdin";
    let line = head.of(text);
    line.starts_with(b"COPY ").then_some(())?;
    let open = memchr::memchr(b'(', line)?;
    let close = memchr::memmem::find(line, FROM)?;
    let columns = Span::new(head.start + open + 1, head.start + close.max(open + 1));
    (columns.start <= name.start && name.end <= columns.end).then_some(())?;
    let column = cell_at(text, columns, name, b',')?;
    let rows = rows(text, head.end).take_while(|row| !row.of(text).starts_with(b"\\."));
    Some(
        rows.filter_map(|row| nth(text, row, b'\t', column))
            .filter_map(|cell| inner(text, cell, b""))
            .collect(),
    )
}

/// The number of the cell that `name` is, alone or with a word before it.
fn cell_at(text: &[u8], head: Span, name: Span, mark: u8) -> Option<usize> {
    let before = &text[head.start..name.start];
    let column = memchr::memchr_iter(mark, before).count();
    let cell = nth(text, head, mark, column)?;
    let tail = text[name.end..cell.end.max(name.end)].trim_ascii();
    let is_end = tail.iter().all(|b| b"\"'`* ".contains(b));
    (cell.of(text).trim_ascii().len() <= HEAD && cell.start <= name.start && is_end)
        .then_some(column)
}

/// The lines behind `start`, as far as rows are read.
fn rows(text: &[u8], start: usize) -> impl Iterator<Item = Span> {
    let limit = (start + REACH).min(text.len());
    let mut at = start;
    let rest = &text[start..limit];
    let lines = rest.split_inclusive(|&b| b == b'\n').skip(1).take(MOST);
    at += memchr::memchr(b'\n', rest).map_or(rest.len(), |n| n + 1);
    lines.map(move |line| {
        let span = Span::new(at, at + line.trim_ascii_end().len());
        at += line.len();
        span
    })
}

fn fields(text: &[u8], row: Span, mark: u8) -> usize {
    split(row.of(text), mark).count()
}

/// The fields between `mark`s; one in quotes may hold some (RFC 4180).
fn split(row: &[u8], mark: u8) -> impl Iterator<Item = &[u8]> {
    let mut in_quotes = false;
    row.split(move |&b| {
        in_quotes ^= b == b'"';
        b == mark && !(in_quotes && b",;".contains(&mark))
    })
}

/// The field of this number.
fn nth(text: &[u8], row: Span, mark: u8, number: usize) -> Option<Span> {
    let mut start = row.start;
    let mut fields = split(row.of(text), mark);
    for _ in 0..number {
        start += fields.next()?.len() + 1;
    }
    Some(Span::new(start, start + fields.next()?.len()))
}

/// A cell without `marks` around it; one word.
fn inner(text: &[u8], cell: Span, marks: &[u8]) -> Option<Span> {
    let bytes = cell.of(text);
    let is_mark = |b: &u8| marks.contains(b);
    let head = bytes.iter().take_while(|b| is_mark(b)).count();
    let tail = bytes[head..].iter().rev().take_while(|b| is_mark(b)).count();
    let span = Span::new(cell.start + head, cell.end - tail);
    (!span.of(text).is_empty() && !span.of(text).iter().any(u8::is_ascii_whitespace))
        .then_some(span)
}
