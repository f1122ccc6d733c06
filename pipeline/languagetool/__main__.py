import sys

from pipeline.languagetool import main

sys.exit(main())
