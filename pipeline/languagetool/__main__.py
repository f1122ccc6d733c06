import sys

from pipeline.languagetool.install import main

sys.exit(main())
