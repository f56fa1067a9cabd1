"""What only the containers of docker-compose.yml need: the job that makes their secrets."""
