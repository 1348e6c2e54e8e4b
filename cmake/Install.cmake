# What `cmake --install` puts where, and the Debian package (cpack -G DEB). Manual pages and
# completions are printed by the program itself, once it is built.
include(GNUInstallDirs)

set(THEMATA_COMMANDS fit factor sweep topics docs explain predict infer compare eval baselines report export check tokens completions manual)
set(manual_directory "${PROJECT_BINARY_DIR}/manual")
set(manual_pages "")
file(MAKE_DIRECTORY "${manual_directory}")

function(themata_prints file)
  add_custom_command(OUTPUT "${manual_directory}/${file}"
    COMMAND themata ${ARGN} > "${manual_directory}/${file}.part"
    COMMAND "${CMAKE_COMMAND}" -E rename "${file}.part" "${file}"
    WORKING_DIRECTORY "${manual_directory}"
    DEPENDS themata
    VERBATIM)
  set(manual_pages ${manual_pages} "${manual_directory}/${file}" PARENT_SCOPE)
endfunction()

themata_prints(themata.1 manual)
foreach(command IN LISTS THEMATA_COMMANDS)
  themata_prints(themata-${command}.1 manual ${command})
endforeach()
themata_prints(themata.bash completions bash)
themata_prints(_themata completions zsh)
themata_prints(themata.fish completions fish)
add_custom_target(manual ALL DEPENDS ${manual_pages})

install(TARGETS themata RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
install(DIRECTORY "${manual_directory}/" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1"
  FILES_MATCHING PATTERN "*.1")
install(FILES docs/man/themata-formats.5 DESTINATION "${CMAKE_INSTALL_MANDIR}/man5")
install(FILES "${manual_directory}/themata.bash" RENAME themata
  DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
install(FILES "${manual_directory}/_themata"
  DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions")
install(FILES "${manual_directory}/themata.fish"
  DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")
install(FILES README.md CHANGELOG.md DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(FILES LICENSE DESTINATION "${CMAKE_INSTALL_DOCDIR}" RENAME copyright)
install(DIRECTORY docs/ DESTINATION "${CMAKE_INSTALL_DOCDIR}/docs" FILES_MATCHING PATTERN "*.md"
  PATTERN "*.svg" PATTERN "*.png" PATTERN man EXCLUDE)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME themata)
set(CPACK_PACKAGE_VENDOR themata)
set(CPACK_PACKAGE_CONTACT "themata <themata@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "topics of a collection of documents")
set(CPACK_PACKAGE_DESCRIPTION
  "Finds the topics of speeches, news, papers or reviews: reads and counts words,\nfactors the matrix of words and documents under the Kullback-Leibler\ndivergence, and writes a model with tables.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION text)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON) # which needs dpkg-dev
include(CPack)
