//! Command lines whose flags have no telling name: `mysql -p…`, `curl -u …`, and
//! words that a command reads from a pipe.

use super::value::{self, Extent, Value};
use super::{line, operator, shape};
use crate::model::Span;

/// How far behind the command's name a flag may stand.
const REACH: usize = 400;

/// Keywords that are commands, sorted for the search.
const COMMANDS: [&[u8]; 63] = [
    b"7z a ",
    b"7z x ",
    b"az login",
    b"cargo login",
    b"config http-basic",
    b"cqlsh",
    b"crackmapexec",
    b"curl",
    b"etcdctl",
    b"evil-winrm",
    b"gh auth login",
    b"gh secret set",
    b"http -a ",
    b"ipmitool",
    b"kinit ",
    b"ldapadd",
    b"ldapmodify",
    b"ldapsearch",
    b"lftp ",
    b"login -u",
    b"mongo -",
    b"mongodump",
    b"mongorestore",
    b"mongosh",
    b"mosquitto_",
    b"mysql",
    b"ncftp",
    b"net use ",
    b"net user ",
    b"nuget push",
    b"oc login",
    b"openssl enc",
    b"plink ",
    b"pscp ",
    b"psexec",
    b"rabbitmqctl add_user",
    b"rabbitmqctl change_password",
    b"radius-server key",
    b"redis-cli",
    b"rocommunity",
    b"rpcclient",
    b"rwcommunity",
    b"schtasks",
    b"securestring",
    b"smbclient",
    b"snmp-server community",
    b"snmpget",
    b"snmpset",
    b"snmpwalk",
    b"snyk auth",
    b"sqlcmd",
    b"sqlplus",
    b"ssh-keygen",
    b"sudo -s",
    b"tacacs-server key",
    b"twine upload",
    b"unzip -p",
    b"vault login",
    b"vault operator unseal",
    b"wandb login",
    b"winexe",
    b"xfreerdp",
    b"zip -p",
];

/// Commands, and the flag behind which the password stands.
const FLAGS: [(&[u8], &[u8]); 32] = [
    (b"az login", b" -p "),
    (b"cqlsh", b" -p "),
    (b"crackmapexec", b" -p "),
    (b"evil-winrm", b" -p "),
    (b"gh secret set", b" --body "),
    (b"ipmitool", b" -P"),
    (b"ldapadd", b" -w "),
    (b"ldapmodify", b" -w "),
    (b"ldapsearch", b" -w "),
    (b"login -u", b" -p"),
    (b"mongo -", b" -p"),
    (b"mongodump", b" -p"),
    (b"mongorestore", b" -p"),
    (b"mongosh", b" -p"),
    (b"mosquitto_", b" -P"),
    (b"ncftp", b" -p "),
    (b"nuget push", b" -k "),
    (b"oc login", b" -p "),
    (b"openssl enc", b" -k "),
    (b"plink ", b" -pw "),
    (b"pscp ", b" -pw "),
    (b"psexec", b" -p"),
    (b"redis-cli", b" -a "),
    (b"schtasks", b" /rp "),
    (b"snmpget", b" -c "),
    (b"snmpset", b" -c "),
    (b"snmpwalk", b" -c "),
    (b"sqlcmd", b" -P"),
    (b"ssh-keygen", b" -N "),
    (b"sshpass", b" -p"),
    (b"twine upload", b" -p "),
    (b"xfreerdp", b" /p:"),
];

/// Whether a keyword is a command.
pub(super) fn is_keyword(word: &[u8]) -> bool {
    // Most of what wakes the reader, told at once.
    if word.len() < 5 {
        return word.eq_ignore_ascii_case(b"curl");
    }
    if word.eq_ignore_ascii_case(b"token") || word.eq_ignore_ascii_case(b"secret") {
        return false;
    }
    let lower = || word.iter().map(u8::to_ascii_lowercase);
    COMMANDS.binary_search_by(|name| name.iter().copied().cmp(lower())).is_ok()
}

/// Whether `name` is a command whose own name holds a word for passwords.
pub(super) fn is_named(name: &[u8]) -> bool {
    [&b"sshpass"[..], b"chpasswd", b"htpasswd", b"passwd", b"--password-stdin"].contains(&name)
}

/// The credentials in the arguments of the command named at `word`.
pub(super) fn read(text: &[u8], word: Span) -> Option<Value> {
    let is_start = word.start == 0 || !text[word.start - 1].is_ascii_alphanumeric();
    let limit = (word.end + REACH).min(text.len());
    let end = command_end(text, word.end, limit);
    let arguments = Span::new(word.end, end);
    let name = word.of(text).to_ascii_lowercase();
    if !is_start {
        return None;
    }
    if let Some((_, flag)) = FLAGS.iter().find(|(command, _)| *command == name) {
        return behind(text, arguments, flag);
    }
    match name.as_slice() {
        b"curl" => user_and_password(text, arguments),
        b"mysql" | b"7z a " | b"7z x " => attached_password(text, arguments),
        b"smbclient" | b"rpcclient" | b"winexe" => user_percent_password(text, arguments),
        b"sqlplus" => user_slash_password(text, arguments),
        b"net user " | b"rabbitmqctl add_user" | b"rabbitmqctl change_password" => {
            second_word(text, arguments)
        }
        b"net use " => beside_user(text, arguments),
        b"config http-basic" => words(text, arguments).nth(2).map(Value::bare),
        b"etcdctl" => behind_mark(text, behind(text, arguments, b" --user")?, b':'),
        b"gh auth login" => here_word(text, arguments).or_else(|| echoed(text, word.start)),
        b"htpasswd" => last_word(text, arguments),
        b"chpasswd" => behind_mark(text, echoed(text, word.start)?, b':'),
        b"lftp " => {
            let at = behind_flag(text, arguments, &[b"-u "])?;
            behind_mark(text, shell_word(text, at)?, b',')
        }
        b"http -a " => behind_mark(text, shell_word(text, word.end)?, b':'),
        b"zip -p" | b"unzip -p" if !word.of(text).ends_with(b"P") => None,
        b"zip -p"
        | b"unzip -p"
        | b"snmp-server community"
        | b"rocommunity"
        | b"rwcommunity"
        | b"tacacs-server key"
        | b"radius-server key"
        | b"cargo login"
        | b"snyk auth"
        | b"vault login"
        | b"vault operator unseal"
        | b"wandb login" => first_word(text, arguments),
        b"passwd" if !arguments.of(text).starts_with(b" --stdin") => None,
        b"passwd" | b"--password-stdin" | b"sudo -s" | b"kinit " => echoed(text, word.start),
        b"securestring" => secure_string(text, word.end),
        _ => None,
    }
}

/// A command ends with its line, unless that ends with a backslash.
fn command_end(text: &[u8], start: usize, limit: usize) -> usize {
    let mut from = start;
    while let Some(at) = memchr::memchr(b'\n', &text[from..limit]).map(|n| from + n) {
        if !text[..at].trim_ascii_end().ends_with(b"\\") {
            return at;
        }
        from = at + 1;
    }
    limit
}

/// Behind the first of `flags` that stands as a word of its own.
fn behind_flag(text: &[u8], arguments: Span, flags: &[&[u8]]) -> Option<usize> {
    flags.iter().find_map(|flag| {
        let at = memchr::memmem::find(arguments.of(text), flag)?;
        Some(arguments.start + at + flag.len())
    })
}

/// `-u user:password`: the whole argument, which is what is sent.
fn user_and_password(text: &[u8], arguments: Span) -> Option<Value> {
    let at = behind_flag(
        text,
        arguments,
        &[b" -u ", b" --user ", b" --user=", b" -u", b" --proxy-user "],
    )?;
    let at = operator::skip_blanks(text, at);
    let value = value::quoted(text, at).or_else(|| shell_word(text, at))?;
    let bytes = value.bytes(text).into_owned();
    let colon = memchr::memchr(b':', &bytes)?;
    let plain = shape::is_reference(&bytes) || shape::is_reference(&bytes[colon + 1..]);
    (colon > 0 && !bytes.contains(&b' ') && !plain).then_some(value)
}

/// The part of `user:password` that is the secret: an empty password makes a
/// token of the user.
pub(super) fn secret_part(pair: &[u8]) -> &[u8] {
    match memchr::memchr(b':', pair) {
        Some(colon) if colon + 1 < pair.len() => &pair[colon + 1..],
        Some(colon) => &pair[..colon],
        None => pair,
    }
}

/// A word of a shell that may change between bare and quoted.
fn shell_word(text: &[u8], at: usize) -> Option<Value> {
    let limit = (at + REACH).min(text.len());
    let end =
        (at..limit).find(|&at| text[at].is_ascii_whitespace() || b"|;\"`<>".contains(&text[at]));
    let end = end.unwrap_or(limit);
    (end > at).then(|| Value::bare(Span::new(at, end)))
}

/// `-psecret`, as mysql takes it.
fn attached_password(text: &[u8], arguments: Span) -> Option<Value> {
    let at = behind_flag(text, arguments, &[b" -p"])?;
    let first = *text.get(at)?;
    if first.is_ascii_whitespace() || first == b'-' || first == b'=' {
        return None;
    }
    let value = value::read(text, at, Extent::Word)?;
    // `-port`, `-password`: another tool's long flag.
    let word = value.span.of(text);
    (!word.starts_with(b"ort") && !word.starts_with(b"ass")).then_some(value)
}

/// The word behind a flag: `-p secret`, and `-psecret` of sshpass.
fn behind(text: &[u8], arguments: Span, flag: &[u8]) -> Option<Value> {
    let at = operator::skip_blanks(text, behind_flag(text, arguments, &[flag])?);
    (text.get(at) != Some(&b'-')).then_some(())?;
    value::read(text, at, Extent::Word)
}

/// `-U user%password`, as the tools of Samba take it.
fn user_percent_password(text: &[u8], arguments: Span) -> Option<Value> {
    let value = behind(text, arguments, b" -U")?;
    let percent = memchr::memchr(b'%', value.span.of(text))?;
    Some(value.behind(percent + 1))
}

/// `user/password@service`, as the tools of Oracle take it.
fn user_slash_password(text: &[u8], arguments: Span) -> Option<Value> {
    let is_it = |word: &&[u8]| !word.starts_with(b"-") && !word.starts_with(b"/");
    let word = words(text, arguments).find(|word| is_it(&word.of(text)))?;
    let slash = memchr::memchr(b'/', word.of(text))?;
    let rest = &word.of(text)[slash + 1..];
    let len = memchr::memchr(b'@', rest)?;
    let start = word.start + slash + 1;
    (len > 0).then(|| Value::bare(Span::new(start, start + len)))
}

/// `rocommunity word`, `tacacs-server key 0 word`: what follows, but not a digit that
/// says how it is written.
fn first_word(text: &[u8], arguments: Span) -> Option<Value> {
    let mut words = words(text, arguments);
    let word = words.next()?;
    let word = if word.of(text) == b"0" { words.next()? } else { word };
    let quoted = value::quoted(text, word.start);
    let is_flag = word.of(text).starts_with(b"-");
    (text[arguments.start] == b' ' && !is_flag).then(|| quoted.unwrap_or_else(|| Value::bare(word)))
}

/// `net user joe password`.
fn second_word(text: &[u8], arguments: Span) -> Option<Value> {
    let word = words(text, arguments).nth(1)?;
    let named = !word.of(text).starts_with(b"/") && !word.of(text).starts_with(b"*");
    named.then(|| Value::bare(word))
}

/// `net use Z: \\\\host\\share password /user:joe`, or behind `/user:joe`.
fn beside_user(text: &[u8], arguments: Span) -> Option<Value> {
    let all: Vec<Span> = words(text, arguments).collect();
    let head = |word: &Span| word.of(text)[..word.len().min(6)].to_ascii_lowercase();
    let user = all.iter().position(|word| head(word) == b"/user:")?;
    let is_value = |word: &&Span| {
        let word = word.of(text);
        !word.starts_with(b"/") && !word.starts_with(b"\\") && !word.ends_with(b":")
    };
    let behind = all.get(user + 1).filter(is_value);
    let word = behind.or_else(|| all.get(user.checked_sub(1)?).filter(is_value))?;
    (!word.of(text).starts_with(b"*")).then(|| Value::bare(*word))
}

/// The last word of `htpasswd -b file user password`.
fn last_word(text: &[u8], arguments: Span) -> Option<Value> {
    let command = arguments.of(text).split(|b| b"|;&>)`\n".contains(b)).next()?;
    let arguments = Span::new(arguments.start, arguments.start + command.len());
    let all: Vec<Span> = words(text, arguments).collect();
    let flags = all.iter().take_while(|word| word.of(text).starts_with(b"-"));
    let has_flag = |flag: u8| flags.clone().any(|word| word.of(text).contains(&flag));
    // With `-n` there is no file.
    let fewest = flags.clone().count() + if has_flag(b'n') { 2 } else { 3 };
    let last = *all.last()?;
    let quoted = value::quoted(text, last.start);
    (has_flag(b'b') && all.len() >= fewest).then(|| quoted.unwrap_or_else(|| Value::bare(last)))
}

/// The words of a command, between blanks.
fn words(text: &[u8], arguments: Span) -> impl Iterator<Item = Span> {
    let mut at = arguments.start;
    arguments.of(text).split(u8::is_ascii_whitespace).filter_map(move |word| {
        let span = Span::new(at, at + word.len());
        at += word.len() + 1;
        (!word.is_empty()).then_some(span)
    })
}

/// `--with-token <<< word`
fn here_word(text: &[u8], arguments: Span) -> Option<Value> {
    let at = operator::skip_blanks(text, behind_flag(text, arguments, &[b" <<<"])?);
    value::quoted(text, at).or_else(|| shell_word(text, at))
}

/// What the command before a pipe prints: `echo 'x' | chpasswd`.
fn echoed(text: &[u8], pipe: usize) -> Option<Value> {
    let before = line::before(text, pipe);
    let start = pipe - before.len();
    let bar = memchr::memrchr(b'|', before)?;
    let echo = memchr::memmem::rfind(&before[..bar], b"echo ")?;
    let mut at = operator::skip_blanks(text, start + echo + 5);
    while text[at..].starts_with(b"-") {
        let flag = text[at..].iter().take(8).take_while(|b| !b.is_ascii_whitespace()).count();
        at = operator::skip_blanks(text, at + flag);
    }
    value::quoted(text, at).or_else(|| shell_word(text, at))
}

/// The password of `user:password`, `user,password`.
fn behind_mark(text: &[u8], pair: Value, mark: u8) -> Option<Value> {
    let at = memchr::memchr(mark, pair.span.of(text))?;
    Some(pair.behind(at + 1))
}

/// What may stand between the command and its string.
const SWITCHES: [&[u8]; 3] = [b"-string ", b"-asplaintext ", b"-force "];

/// `ConvertTo-SecureString "secret"`, `… -String "secret"`.
fn secure_string(text: &[u8], end: usize) -> Option<Value> {
    let mut at = operator::skip_blanks(text, end);
    let is_there = |at: usize, switch: &[u8]| {
        text.get(at..at + switch.len()).is_some_and(|word| word.eq_ignore_ascii_case(switch))
    };
    while let Some(switch) = SWITCHES.iter().find(|switch| is_there(at, switch)) {
        at = operator::skip_blanks(text, at + switch.len());
    }
    let piped = || echoed_literal(text, end);
    value::quoted(text, at).or_else(piped).or_else(|| parameter(text, end))
}

/// `aws ssm put-parameter --type SecureString --value …`, in whatever order.
fn parameter(text: &[u8], word: usize) -> Option<Value> {
    let before = line::before(text, word);
    let command = word - before.len() + memchr::memmem::find(before, b"put-parameter ")?;
    let limit = (command + REACH).min(text.len());
    behind(text, Span::new(command, command_end(text, command, limit)), b" --value ")
}

/// `"secret" | ConvertTo-SecureString`.
fn echoed_literal(text: &[u8], end: usize) -> Option<Value> {
    let before = line::before(text, end);
    let start = end - before.len();
    let bar = memchr::memrchr(b'|', before)?;
    let head = before[..bar].trim_ascii_end();
    let quote = *head.last().filter(|b| b"\"'".contains(b))?;
    let open = memchr::memrchr(quote, &head[..head.len() - 1])?;
    value::quoted(text, start + open).filter(|value| value.end == start + head.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_sorted_for_the_search() {
        assert!(COMMANDS.is_sorted());
        assert!(FLAGS.iter().all(|(name, _)| is_keyword(name) || is_named(name)));
        assert!(COMMANDS.iter().all(|name| is_keyword(name)));
        assert!(is_keyword(b"Net User ") && !is_keyword(b"password"));
    }
}
