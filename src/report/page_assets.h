/* The report's script and style, which the build has made of src/report/page
 * (cmake/BundlePage.cmake). */
#ifndef THEMATA_REPORT_PAGE_ASSETS_H
#define THEMATA_REPORT_PAGE_ASSETS_H

#include <stddef.h>

typedef struct PageAsset {
    const char *text;
    size_t length;
    unsigned char sha256[32];
} PageAsset;

extern const PageAsset page_script; /* empty in a build without esbuild or D3: the page is static */
extern const PageAsset page_style;

/* What is in the script: a name and a version in each line; empty without one. */
extern const char *const page_modules;

#endif
