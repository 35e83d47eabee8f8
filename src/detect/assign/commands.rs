//! Which commands take a password, and where each does: tables, and the readers of those that
//! take it in a place of their own.

use bstr::ByteSlice as _;

use self::Place::{Flag, Own};
use super::command_line::{Command, arguments};
use super::command_words::{
    beside_user, first_word, fourth_word, last_of_pair, last_word_of_all, last_word_or_echoed,
    second_literal, second_word, third_word, word_behind_address, word_of_steam,
};
use super::echoed::{self, behind_mark, echoed, echoed_literal, given_or_echoed};
use super::echoed::{quoted_or_shell_word, shell_word};
use super::operator;
use super::value::{self, Extent, Value};
use crate::detect::judge::promise::{self, Words};
use crate::detect::judge::{reference, shape};
use crate::detect::text::{ascii, line};
use crate::model::Span;

/// Where a command takes a password.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    /// Behind a flag.
    Flag(&'static [u8]),
    /// Where its own reader looks.
    Own(fn(Command<'_>) -> Option<Value>),
}

/// Keywords that are commands, sorted for the search.
pub(super) const COMMANDS: [(&[u8], Place); 140] = [
    (b"+login ", Own(word_of_steam)),
    (b"7z a ", Own(attached_password)),
    (b"7z x ", Own(attached_password)),
    (b"7za a ", Own(attached_password)),
    (b"7za x ", Own(attached_password)),
    (b":6379> auth ", Own(last_word_of_all)),
    (b"acme_dns ", Own(second_word)),
    (b"addprinc ", Flag(b"-pw ")),
    (b"airflow users create", Flag(b" -p ")),
    (b"altool --", Flag(b" -p ")),
    (b"az login", Flag(b" -p ")),
    (b"az sql server create", Flag(b" -p ")),
    (b"b2 authorize-account", Own(second_word)),
    (b"bcp ", Flag(b" -P ")),
    (b"bundle config", Own(last_of_pair)),
    (b"bw login", Own(word_behind_address)),
    (b"bw unlock", Own(first_word)),
    (b"cargo login", Own(first_word)),
    (b"certutil -", Flag(b" -p ")),
    (b"check_snmp", Flag(b" -C ")),
    (b"cmdkey", Flag(b" /pass:")),
    (b"codecov", Own(uuid_behind_flag)),
    (b"com2sec ", Own(community_behind_source)),
    (b"command_line ", Flag(b" -p ")),
    (b"config http-basic", Own(third_word)),
    (b"config pypi-token", Own(second_word)),
    (b"consul kv put", Own(value_of_key)),
    (b"cqlsh", Flag(b" -p ")),
    (b"crackmapexec", Flag(b" -p ")),
    (b"create-keychain", Flag(b" -p ")),
    (b"cryptsetup ", Own(given_or_echoed)),
    (b"curl", Own(user_and_password)),
    (b"cypher-shell", Flag(b" -p ")),
    (b"db2 connect to ", Own(word_behind_using)),
    (b"docker login", Flag(b" -p ")),
    (b"docker secret create", Own(echoed)),
    (b"elasticsearch-users", Flag(b" -p ")),
    (b"etcdctl", Own(behind_user)),
    (b"evil-winrm", Flag(b" -p ")),
    (b"expdp ", Own(user_slash_password)),
    (b"gcloud secrets create", Own(echoed)),
    (b"gcloud secrets versions add", Own(echoed)),
    (b"gh auth login", Own(given_or_echoed)),
    (b"gh secret set", Own(secret_of_github)),
    (b"http --auth ", Own(behind_colon)),
    (b"http -a ", Own(behind_colon)),
    (b"hydra -", Flag(b" -p ")),
    (b"impacket-", Own(target)),
    (b"impdp ", Own(user_slash_password)),
    (b"ipmitool", Flag(b" -P")),
    (b"isql -", Flag(b" -P ")),
    (b"kdb5_util ", Flag(b" -P ")),
    (b"key-string ", Own(first_word)),
    (b"keyvault secret set", Flag(b" --value ")),
    (b"kinit ", Own(given_or_echoed)),
    (b"ldapadd", Flag(b" -w ")),
    (b"ldapmodify", Flag(b" -w ")),
    (b"ldapsearch", Flag(b" -w ")),
    (b"lftp ", Own(behind_comma)),
    (b"login -u", Flag(b" -p")),
    (b"mariadb -", Own(attached_password)),
    (b"mariadb-dump", Own(attached_password)),
    (b"mc alias set", Own(fourth_word)),
    (b"mongo -", Flag(b" -p")),
    (b"mongodump", Flag(b" -p")),
    (b"mongorestore", Flag(b" -p")),
    (b"mongosh", Flag(b" -p")),
    (b"mosquitto_", Flag(b" -P")),
    (b"mysql", Own(attached_password)),
    (b"ncftp", Flag(b" -p ")),
    (b"net ads ", Own(user_percent_password)),
    (b"net rpc ", Own(user_percent_password)),
    (b"net use ", Own(beside_user)),
    (b"net user ", Own(second_word)),
    (b"netexec ", Flag(b" -p ")),
    (b"nuget push", Flag(b" -k ")),
    (b"nxc smb ", Flag(b" -p ")),
    (b"oc login", Flag(b" -p ")),
    (b"openssl enc", Own(key_of_openssl)),
    (b"openssl passwd", Own(first_bare_or_echoed)),
    (b"osql -", Flag(b" -P")),
    (b"plink ", Flag(b" -pw ")),
    (b"podman login", Flag(b" -p ")),
    (b"podman secret create", Own(echoed)),
    (b"pscp ", Flag(b" -pw ")),
    (b"psexec", Flag(b" -p")),
    (b"psexec.py ", Own(target)),
    (b"qpdf --encrypt", Own(first_word)),
    (b"rabbitmqadmin", Flag(b" -p ")),
    (b"rabbitmqctl add_user", Own(second_word)),
    (b"rabbitmqctl change_password", Own(second_word)),
    (b"radius-server key", Own(first_word)),
    (b"rar a ", Own(attached_password)),
    (b"rar x ", Own(attached_password)),
    (b"rasdial ", Own(third_word)),
    (b"rdesktop", Flag(b" -p ")),
    (b"redis-cli", Own(password_of_redis)),
    (b"register => ", Own(secret_of_sip)),
    (b"registry login", Flag(b" -p ")),
    (b"rman target ", Own(user_slash_password)),
    (b"rocommunity", Own(community)),
    (b"rpcclient", Own(user_percent_password)),
    (b"rwcommunity", Own(community)),
    (b"schtasks", Flag(b" /rp ")),
    (b"secretsdump.py ", Own(target)),
    (b"securestring", Own(secure_string)),
    (b"security import", Flag(b" -P ")),
    (b"sendemail -", Flag(b" -xp ")),
    (b"signtool sign", Flag(b" /p ")),
    (b"smbclient", Own(password_of_smbclient)),
    (b"smbexec.py ", Own(target)),
    (b"snmp community ", Own(community)),
    (b"snmp-server community", Own(community)),
    (b"snmp-server host", Own(community_at_end)),
    (b"snmpget", Own(community_or_password)),
    (b"snmpset", Own(community_or_password)),
    (b"snmpwalk", Own(community_or_password)),
    (b"snyk auth", Own(first_word)),
    (b"sp_addlogin", Own(second_literal)),
    (b"sqlcmd", Flag(b" -P")),
    (b"sqlplus", Own(user_slash_password)),
    (b"ssh-keygen", Flag(b" -N ")),
    (b"sudo -s", Own(echoed)),
    (b"tacacs-server key", Own(first_word)),
    (b"trap2sink ", Own(community_behind_host)),
    (b"trapsink ", Own(community_behind_host)),
    (b"twine upload", Flag(b" -p ")),
    (b"unlock-keychain", Flag(b" -p ")),
    (b"unrar e ", Own(attached_password)),
    (b"unrar x ", Own(attached_password)),
    (b"unzip -", Own(behind_capital)),
    (b"vault login", Own(first_word)),
    (b"vault operator unseal", Own(first_word)),
    (b"vercel env add", Own(given_or_echoed)),
    (b"wandb login", Own(first_word)),
    (b"winexe", Own(user_percent_password)),
    (b"wmiexec.py ", Own(target)),
    (b"wrangler secret put", Own(given_or_echoed)),
    (b"xfreerdp", Flag(b" /p:")),
    (b"zip -", Own(behind_capital)),
];

/// Commands whose own names hold a word for passwords, which is the keyword.
pub(super) const NAMED: [(&[u8], Place); 16] = [
    (b"--passphrase-fd", Own(given_or_echoed)),
    (b"--passwd-on-stdin", Own(given_or_echoed)),
    (b"--password-stdin", Own(given_or_echoed)),
    (b".pgpass", Own(echoed::row_of_pgpass)),
    (b"add-generic-password", Flag(b" -w ")),
    (b"add-internet-password", Flag(b" -w ")),
    (b"chpasswd", Own(echoed::pair)),
    (b"htpasswd", Own(last_word_or_echoed)),
    (b"keepassxc-cli", Own(given_or_echoed)),
    (b"ldappasswd", Flag(b" -w ")),
    (b"mkpasswd", Own(last_word_of_all)),
    (b"passwd", Own(echoed::to_passwd)),
    (b"reset-admin-password", Own(first_word)),
    (b"sshpass", Flag(b" -p")),
    (b"vncpasswd", Own(given_or_echoed)),
    (b"wpa_passphrase", Own(second_word)),
];

/// `-u user:password`; without a password the user is a token, `-u token:`.
fn user_and_password(command: Command<'_>) -> Option<Value> {
    const FLAGS: [&[u8]; 6] =
        [b" -u ", b" --user ", b" --user=", b" -u", b" --proxy-user ", b" -U "];
    let at = FLAGS.iter().find_map(|flag| command.behind_flag(flag));
    let value = match at {
        Some(at) => quoted_or_shell_word(command.text, at)?,
        None => command.listed(b" -u ").or_else(|| command.listed(b" --user "))?,
    };
    let bytes = value.bytes(command.text).into_owned();
    let colon = memchr::memchr(b':', &bytes)?;
    let plain = reference::is_reference(&bytes) || reference::is_reference(&bytes[colon + 1..]);
    // A token in place of both: `curl -u :…` of Azure DevOps.
    if colon == 0 {
        return shape::is_drawn(&bytes[1..]).then(|| value.behind(1));
    }
    if bytes.contains(&b' ') || plain {
        return None;
    }
    if colon + 1 == bytes.len() { Some(value) } else { behind_mark(command.text, value, b':') }
}

/// `-psecret`, as mysql takes it, `-hpsecret` of RAR.
fn attached_password(command: Command<'_>) -> Option<Value> {
    // `mysqladmin -u root password …`
    if command.arguments.of(command.text).starts_with(b"admin ")
        && let Some(at) = command.behind_flag(b" password ")
    {
        return quoted_or_shell_word(command.text, at);
    }
    let at = command.behind_flag(b" -p").or_else(|| command.behind_flag(b" -hp"));
    let value = match at.and_then(|at| Some((at, *command.text.get(at)?))) {
        Some((_, first)) if first.is_ascii_whitespace() || b"-=".contains(&first) => return None,
        Some((at, _)) => value::read(command.text, at, Extent::Word)?,
        None => command.item_with(b"-p").filter(|item| item.span.len() > 2)?.behind(2),
    };
    // `-port`, `-password`, `-print0`: another tool's long flag.
    let word = value.span.of(command.text);
    let flags: [&[u8]; 3] = [b"ort", b"ass", b"rint"];
    (!flags.iter().any(|flag| word.starts_with(flag))).then_some(value)
}

/// `register => user:secret@host`, as Asterisk logs in to a provider.
fn secret_of_sip(command: Command<'_>) -> Option<Value> {
    let account = command.words().next()?;
    let host = memchr::memrchr(b'@', account.of(command.text))?;
    let user = Value::bare(Span::new(account.start, account.start + host));
    behind_mark(command.text, user, b':')
}

/// `-U user%password`, as the tools of Samba take it.
fn user_percent_password(command: Command<'_>) -> Option<Value> {
    behind_mark(command.text, command.behind(b" -U")?, b'%')
}

/// `smbclient //host/share word`, `smbclient -U joe%word`
fn password_of_smbclient(command: Command<'_>) -> Option<Value> {
    let mut words = command.words();
    let is_share = |word: Span| {
        [&b"//"[..], b"\\\\"].iter().any(|head| word.of(command.text).starts_with(head))
    };
    let second = words.next().filter(|word| is_share(*word)).and_then(|_| words.next());
    let second = second.filter(|word| !word.of(command.text).starts_with(b"-"));
    second.map(|word| command.word(word)).or_else(|| user_percent_password(command))
}

/// `DOMAIN/joe:word@host`, as the tools of Impacket take it.
fn target(command: Command<'_>) -> Option<Value> {
    let word = command.words().find(|word| word.of(command.text).contains(&b'@'))?;
    let inner = word.of(command.text);
    let inner = &inner[..memchr::memrchr(b'@', inner)?];
    let slash = memchr::memchr(b'/', inner)?;
    let colon = slash + memchr::memchr(b':', &inner[slash..])?;
    let quotes = usize::from(inner[colon + 1..].starts_with(b"'"));
    let len = inner[colon + 1 + quotes..].trim_end_with(|c| c == '\'').len();
    let start = word.start + colon + 1 + quotes;
    (len > 0).then(|| Value::bare(Span::new(start, start + len)))
}

/// `openssl enc -K hex`, `openssl enc -k word`
fn key_of_openssl(command: Command<'_>) -> Option<Value> {
    command.behind(b" -k ").or_else(|| command.behind(b" -K "))
}

/// `openssl passwd -1 word`, `echo word | openssl passwd -stdin`
fn first_bare_or_echoed(command: Command<'_>) -> Option<Value> {
    if command.behind_flag(b" -stdin").is_some() {
        return echoed(command);
    }
    let word = command.words().find(|word| !word.of(command.text).starts_with(b"-"))?;
    let len = word.of(command.text).trim_end_with(|c| c == ')').len();
    Some(command.word(Span::new(word.start, word.start + len)))
}

/// `snmpget -c word`, `snmpget -v3 -A word -X word`
fn community_or_password(command: Command<'_>) -> Option<Value> {
    [&b" -c "[..], b" -A ", b" -X "].into_iter().find_map(|flag| command.behind(flag))
}

/// `rocommunity word`, `<rocommunity>word</rocommunity>` of pfSense.
fn community(command: Command<'_>) -> Option<Value> {
    let Some(inner) = command.arguments.of(command.text).strip_prefix(b">") else {
        return own_community(command, first_word);
    };
    let start = command.arguments.start + 1;
    let len = memchr::memchr(b'<', inner).filter(|len| *len > 0)?;
    let word = Value::bare(Span::new(start, start + len));
    own_community(command, |_| Some(word))
}

/// `trap2sink host word`
fn community_behind_host(command: Command<'_>) -> Option<Value> {
    own_community(command, second_word)
}

/// `com2sec name source word`
fn community_behind_source(command: Command<'_>) -> Option<Value> {
    own_community(command, third_word)
}

/// `snmp-server host 10.0.0.1 version 2c word`
fn community_at_end(command: Command<'_>) -> Option<Value> {
    own_community(command, last_word_of_all)
}

/// A community of SNMP, and not what every device is asked with at first.
fn own_community(
    command: Command<'_>,
    read: impl FnOnce(Command<'_>) -> Option<Value>,
) -> Option<Value> {
    read(command).filter(|word| !promise::is_first_community(word.span.of(command.text)))
}

/// `db2 connect to db user joe using word`
fn word_behind_using(command: Command<'_>) -> Option<Value> {
    command.behind(b" using ")
}

/// `consul kv put app/db/password word`
fn value_of_key(command: Command<'_>) -> Option<Value> {
    let mut words = command.words();
    let key = words.next()?.of(command.text).rsplit(|&b| b == b'/').next()?;
    promise::classify(&Words::of(key))?;
    words.next().map(|word| command.word(word))
}

/// `user/password@service`, as the tools of Oracle take it.
fn user_slash_password(command: Command<'_>) -> Option<Value> {
    let is_it = |word: &&[u8]| !word.starts_with(b"-") && !word.starts_with(b"/");
    let word = command.words().find(|word| is_it(&word.of(command.text)))?;
    let slash = memchr::memchr(b'/', word.of(command.text))?;
    let rest = &word.of(command.text)[slash + 1..];
    // Without a service it is the one of the machine: `expdp system/word full=y`.
    let len = memchr::memchr(b'@', rest).unwrap_or(rest.len());
    let start = word.start + slash + 1;
    (len > 0).then(|| Value::bare(Span::new(start, start + len)))
}

/// `zip -P word`, `zip -r -P word`: with a small letter the flag says something else.
fn behind_capital(command: Command<'_>) -> Option<Value> {
    let at = command.arguments.start + 2;
    let is_first = command.arguments.of(command.text).starts_with(b"P ");
    let word = is_first.then(|| value::read(command.text, at, Extent::Word));
    word.unwrap_or_else(|| {
        command
            .behind(b" -P ")
            .or_else(|| value::quoted(command.text, command.behind_flag(b" -P")?))
    })
}

/// `redis-cli -a word`, `redis-cli AUTH word`
fn password_of_redis(command: Command<'_>) -> Option<Value> {
    command.behind(b" -a ").or_else(|| command.behind(b" AUTH "))
}

/// `gh secret set NAME -b word`, or from a pipe.
fn secret_of_github(command: Command<'_>) -> Option<Value> {
    let given = command.behind(b" --body ").or_else(|| command.behind(b" -b"));
    given.or_else(|| given_or_echoed(command))
}

/// `codecov -t` and a UUID.
fn uuid_behind_flag(command: Command<'_>) -> Option<Value> {
    command.behind(b" -t ").filter(|value| shape::is_uuid(value.span.of(command.text)))
}

/// `etcdctl --user joe:password`.
fn behind_user(command: Command<'_>) -> Option<Value> {
    behind_mark(command.text, command.behind(b" --user")?, b':')
}

/// `lftp -u joe,password`.
fn behind_comma(command: Command<'_>) -> Option<Value> {
    behind_mark(command.text, shell_word(command.text, command.behind_flag(b"-u ")?)?, b',')
}

/// `http -a joe:password`.
fn behind_colon(command: Command<'_>) -> Option<Value> {
    behind_mark(command.text, shell_word(command.text, command.name.end)?, b':')
}

/// `ConvertTo-SecureString "secret"`, `… -String "secret"`.
fn secure_string(command: Command<'_>) -> Option<Value> {
    /// What may stand between the command and its string.
    const SWITCHES: [&[u8]; 3] = [b"-string ", b"-asplaintext ", b"-force "];
    let mut at = operator::skip_blanks(command.text, command.name.end);
    let is_there = |at: usize, switch: &[u8]| ascii::starts_with(&command.text[at..], switch);
    while let Some(switch) = SWITCHES.iter().find(|switch| is_there(at, switch)) {
        at = operator::skip_blanks(command.text, at + switch.len());
    }
    value::quoted(command.text, at)
        .or_else(|| echoed_literal(command))
        .or_else(|| parameter(command))
}

/// `aws ssm put-parameter --type SecureString --value …`, in whatever order.
fn parameter(command: Command<'_>) -> Option<Value> {
    let before = line::before(command.text, command.name.end);
    let start = command.name.end - before.len() + memchr::memmem::find(before, b"put-parameter ")?;
    Command { arguments: arguments(command.text, start), ..command }.behind(b" --value ")
}
