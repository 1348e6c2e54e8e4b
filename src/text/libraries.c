#define PCRE2_CODE_UNIT_WIDTH 8
#include "text/libraries.h"

#include <pcre2.h>
#include <utf8proc.h>

void text_libraries(LibraryFunction *tell, void *context)
{
    char version[64];
    pcre2_config(PCRE2_CONFIG_VERSION, version);
    tell(context, "PCRE2", version);
    pcre2_config(PCRE2_CONFIG_UNICODE_VERSION, version);
    tell(context, "PCRE2 Unicode", version);
    tell(context, "utf8proc", utf8proc_version());
    tell(context, "utf8proc Unicode", utf8proc_unicode_version());
}
