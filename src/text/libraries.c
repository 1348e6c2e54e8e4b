#define PCRE2_CODE_UNIT_WIDTH 8
#include "text/libraries.h"

#include <pcre2.h>
#ifdef THEMATA_ICU
#include <unicode/uversion.h>
#endif
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
#ifdef THEMATA_ICU
    UVersionInfo icu;
    char icu_version[U_MAX_VERSION_STRING_LENGTH];
    u_getVersion(icu);
    u_versionToString(icu, icu_version);
    tell(context, "ICU", icu_version);
#endif
}
