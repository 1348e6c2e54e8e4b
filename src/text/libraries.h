/* Which third-party libraries this floor uses. */
#ifndef THEMATA_TEXT_LIBRARIES_H
#define THEMATA_TEXT_LIBRARIES_H

#include "base/library.h"

void text_libraries(LibraryFunction *tell, void *context);

#endif
