#include "matrix/libraries.h"

#include <archive.h>
#include <cblas.h>
#include <cholmod.h>
#include <stdio.h>
#include <string.h>

/* What follows the library's own name in what it says of itself. */
static const char *behind(const char *text, const char *name)
{
    return strncmp(text, name, strlen(name)) == 0 ? text + strlen(name) : text;
}

void matrix_libraries(LibraryFunction *tell, void *context)
{
    int version[3];
    char text[64];
    cholmod_l_version(version);
    snprintf(text, sizeof text, "%d.%d.%d", version[0], version[1], version[2]);
    tell(context, "CHOLMOD", text);
    tell(context, "OpenBLAS", behind(openblas_get_config(), "OpenBLAS "));
    tell(context, "libarchive", behind(archive_version_details(), "libarchive "));
}
