"""Makes one call to the emulated account and prints the answer as JSON: ask.py lambda list_functions '{}'

For what the bridge itself has no client for.
"""

import json
import sys

import botocore.session

service, operation, parameters = sys.argv[1:]
client = botocore.session.get_session().create_client(service)
answer = getattr(client, operation)(**json.loads(parameters))
json.dump(answer, sys.stdout, default=str)
