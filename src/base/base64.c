#include "base/base64.h"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* The four digits of three bytes. */
static void encode(const unsigned char *bytes, char *text)
{
    text[0] = digits[bytes[0] >> 2];
    text[1] = digits[(bytes[0] & 3) << 4 | bytes[1] >> 4];
    text[2] = digits[(bytes[1] & 15) << 2 | bytes[2] >> 6];
    text[3] = digits[bytes[2] & 63];
}

void base64_write(Base64 *base64, const void *bytes, size_t length)
{
    enum { PORTION = 1024 }; /* digits that are written together */
    const unsigned char *at = bytes, *end = at + length;
    char text[PORTION];
    size_t filled = 0;
    while (at < end) {
        if (base64->kept_count > 0 || end - at < 3) {
            base64->kept[base64->kept_count++] = *at++;
            if (base64->kept_count < 3) {
                continue;
            }
            encode(base64->kept, text + filled);
            base64->kept_count = 0;
        } else {
            encode(at, text + filled);
            at += 3;
        }
        filled += 4;
        if (filled == PORTION) {
            fwrite(text, 1, filled, base64->file);
            filled = 0;
        }
    }
    fwrite(text, 1, filled, base64->file);
}

void base64_end(Base64 *base64)
{
    char text[4];
    const int count = base64->kept_count;
    if (count == 0) {
        return;
    }
    for (int i = count; i < 3; i++) {
        base64->kept[i] = 0;
    }
    encode(base64->kept, text);
    for (int i = count + 1; i < 4; i++) {
        text[i] = '=';
    }
    fwrite(text, 1, sizeof text, base64->file);
    base64->kept_count = 0;
}
