//! What code says to itself: macros, labels, formats, variables and names, beside a near value
//! that is one, as a table.

use super::check;

#[test]
fn macros_labels_and_remarks_of_code_bind_no_bare_word() {
    check(&[
        ("a.h", "#define jinit_1pass_quantizer jI1Quant", &[]),
        ("a.h", "#define NID_kx_psk 1043", &[]),
        ("a.h", "#define OBJ_challengePassword OBJ_pkcs9,7L", &[]),
        ("a.h", "#define copy_creds _dce_LuFxPiITzD", &[]),
        ("a.h", "#define WIFI_PSK \"fjord1043\"", &["fjord1043"]),
        ("a.h", "#define API_TOKEN q8ZtR2mW5vKxLp93", &["q8ZtR2mW5vKxLp93"]),
        ("a.cc", "Unpack(/*password=*/nullptr, x);", &[]),
        ("a.cc", "Unpack(/*password=*/kite_47, x);", &[]),
        ("a.cc", "Unpack(/*password=*/\"hunter2\", x);", &["hunter2"]),
    ]);
}
